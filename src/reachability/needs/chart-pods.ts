import { RELEASE, type ChartPods } from "../../components/chart";
import { installed } from "../../components/components";
import type { InstalledRecord } from "../../components/component";
import type { Resource } from "../../guardrails/resource";
import { at, entries, isFalse, isTrue, isUnknown, text, type Value } from "../../values/value";
import type { MeshPods } from "../mesh/workloads";

/** Pods that no manifest of the stacks holds, because a chart or an add-on makes them. */
export interface PlatformPods {
  readonly component: string;
  readonly facts: ChartPods;
  readonly pods: MeshPods;
}

const records: readonly InstalledRecord[] = installed;
const known = records.flatMap(({ name, pods = {} }) =>
  Object.entries(pods).map(([key, facts]) => ({ component: name, key, facts })),
);

/** Pods of every release and add-on among the resources, as far as the components' records know them. */
export function chartPods(resources: readonly Resource[]): PlatformPods[] {
  return resources.flatMap((resource) => {
    const chart = madeBy(resource);
    if (chart === undefined) return [];
    return known
      .filter(({ facts }) => facts.of === chart && isMade(facts, resource))
      .map(({ component, key, facts }) => ({ component, facts, pods: podsOf(key, facts, resource) }));
  });
}

function madeBy({ type, attributes }: Resource): string | undefined {
  if (type === "aws_eks_addon") return text(attributes.addon_name);
  return type === "helm_release" ? text(attributes.chart).split("/").at(-1) : undefined;
}

function isMade(facts: ChartPods, resource: Resource): boolean {
  if (facts.with !== undefined && !isTrue(value(resource, facts.with))) return false;
  return facts.without === undefined || !isFalse(value(resource, facts.without));
}

function value({ attributes }: Resource, path: string): Value {
  return at(attributes.values, ...path.split("."));
}

function podsOf(key: string, facts: ChartPods, resource: Resource): MeshPods {
  const { attributes } = resource;
  const release = text(attributes.name);
  const named = (each: string): string => each.replace(RELEASE, release);
  const namespace = facts.namespace ?? (text(attributes.namespace) || "kube-system");
  const own = facts.labelsIn === undefined ? [] : entries(value(resource, facts.labelsIn));
  const { hostNetwork = false, serviceAccountIn } = facts;
  const ownAccount = serviceAccountIn === undefined ? "" : text(value(resource, serviceAccountIn));
  return {
    kind: "pods",
    name: `${namespace}/${named(facts.name ?? key)}`,
    namespace,
    labels: {
      ...Object.fromEntries(Object.entries(facts.labels).map(([label, each]) => [label, named(each)])),
      ...Object.fromEntries(own.map(([label, each]) => [label, isUnknown(each) ? each : text(each)])),
    },
    serviceAccount: ownAccount || named(facts.serviceAccount),
    ports: Object.entries(facts.ports ?? {}).map(([name, port]) => ({ name, port, protocol: "TCP" })),
    hostNetwork: hostNetwork === true || (hostNetwork !== false && isTrue(value(resource, hostNetwork))),
    ...(facts.address !== undefined && { address: facts.address }),
    ...(facts.annotations && { annotations: facts.annotations }),
  };
}
