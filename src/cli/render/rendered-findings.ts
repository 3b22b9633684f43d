import { listed } from "../../text/listed";
import { type Fields, isFields } from "../fields";
import type { KubernetesObject } from "./manifests";

/** What a release renders, by the release's name. */
export interface RenderedObjects {
  readonly release: string;
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
}

/** What only the rendered objects of all releases show, in one line each. */
export function renderedFindings(releases: readonly RenderedObjects[]): string[] {
  return [
    ...madeTwice(releases),
    ...releases.flatMap(({ release, objects }) =>
      objects.filter((each) => !isTest(each)).flatMap((each) => withoutRequests(release, each)),
    ),
  ];
}

/** Helm takes no object that is another release's: the second one fails. */
function madeTwice(releases: readonly RenderedObjects[]): string[] {
  const makers = new Map<string, Set<string>>();
  for (const { release, namespace, objects } of releases) {
    for (const object of objects) {
      const name = nameOf(object, namespace);
      if (name === undefined) continue;
      makers.set(name, (makers.get(name) ?? new Set()).add(release));
    }
  }
  return [...makers]
    .filter(([, of]) => of.size > 1)
    .map(([name, of]) => `${name} is made by ${listed([...of])}; Helm refuses the second`);
}

function nameOf({ apiVersion, kind, metadata }: KubernetesObject, namespace: string): string | undefined {
  if (!isFields(metadata) || typeof metadata.name !== "string") return undefined;
  // Helm skips definitions that are there.
  if (kind === "CustomResourceDefinition") return undefined;
  const [group = ""] = String(apiVersion).split("/").slice(0, -1);
  const named = typeof metadata.namespace === "string" ? metadata.namespace : namespace;
  const where = CLUSTER_WIDE.test(String(kind)) ? "" : `${named}/`;
  return `${kind}${group === "" ? "" : `.${group}`} ${where}${metadata.name}`;
}

/** Kinds of charts that have no namespace, whichever release they are of. */
const CLUSTER_WIDE =
  /^(Cluster\w+|Namespace|PersistentVolume|(Priority|Storage|Ingress|Gateway|Runtime)Class|APIService|CSIDriver|(Validating|Mutating)\w+)$/;

/** `helm test` runs it, and nobody else. */
function isTest({ metadata }: KubernetesObject): boolean {
  const annotations = isFields(metadata) && isFields(metadata.annotations) ? metadata.annotations : {};
  return String(annotations["helm.sh/hook"]).startsWith("test");
}

function withoutRequests(release: string, object: KubernetesObject): string[] {
  const pod = podOf(object);
  return ["initContainers", "containers"].flatMap((list) =>
    fieldsIn(pod[list]).flatMap(({ name, resources }) => {
      const { requests, limits } = isFields(resources) ? resources : {};
      const missing = [
        ...["cpu", "memory"].filter((each) => !has(requests, each)).map((each) => `requests.${each}`),
        ...(has(limits, "memory") ? [] : ["limits.memory"]),
      ];
      const where = `${release}: ${object.kind} ${isFields(object.metadata) ? String(object.metadata.name) : ""}`;
      return missing.length === 0
        ? []
        : [`${where}, container ${String(name)}: has no ${missing.join(", ")}`];
    }),
  );
}

function podOf({ kind, spec }: KubernetesObject): Fields {
  const at = (value: unknown, ...path: readonly string[]): unknown =>
    path.reduce<unknown>((below, key) => (isFields(below) ? below[key] : undefined), value);
  const template =
    kind === "Pod"
      ? spec
      : at(spec, ...(kind === "CronJob" ? ["jobTemplate", "spec"] : []), "template", "spec");
  return isFields(template) ? template : {};
}

function fieldsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

const has = (value: unknown, key: string) =>
  isFields(value) && value[key] !== undefined && value[key] !== null;
