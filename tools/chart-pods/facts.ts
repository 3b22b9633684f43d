import type { KubernetesObject } from "../../src/cli/render/manifests";
import { chartMadePods } from "../../src/admission/pods/chart-made";
import { countsOf } from "../../src/admission/pods/made-pods";
import { fromJson } from "../../src/guardrails/read/expression";
import type { Resource } from "../../src/guardrails/resource";
import { at, entries, isMap, isUnknown, items, text, type Value } from "../../src/values/value";

/** What admission looks at in the pods of one workload. */
export interface PodFacts {
  /** `Deployment kube-system/karpenter` */
  readonly id: string;
  readonly facts: Readonly<Record<string, Value>>;
  readonly labels: Value;
  /** An operator makes it of an object of the chart. */
  readonly byOperator: boolean;
}

const OPERATED = ["prometheus-", "alertmanager-"];
/** Of a security context, what Pod Security looks at. */
const JUDGED = [
  "privileged",
  "allowPrivilegeEscalation",
  "capabilities",
  "procMount",
  "runAsNonRoot",
  "runAsUser",
  "seccompProfile",
  "appArmorProfile",
  "seLinuxOptions",
  "windowsOptions",
  "sysctls",
];
/** Volumes that every level takes. */
const HARMLESS = [
  "emptyDir",
  "configMap",
  "secret",
  "projected",
  "persistentVolumeClaim",
  "downwardAPI",
  "ephemeral",
  "csi",
];
/** Annotations that Pod Security or an injector goes by. */
const DECIDING = /^(sidecar|inject)\.istio\.io\/|^container\.apparmor\./;

/** As the records have them. */
export function factsOf(resources: readonly Resource[]): PodFacts[] {
  return chartMadePods(resources).flatMap(({ maker, labels, spec, annotations, namespace }) => {
    if (maker === undefined) return [];
    const own = text(at(maker, "metadata", "name"));
    const id = `${text(maker.kind)} ${namespace}/${own}`;
    const byOperator = OPERATED.some((each) => own.startsWith(`${each}kube-prometheus-stack-`));
    return [{ id, labels, byOperator, facts: judged(spec, annotations, maker, new Map()) }];
  });
}

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];

/** As a release's manifests have them; those of `helm test` are left out. */
export function renderedFacts(objects: readonly KubernetesObject[], namespace: string): PodFacts[] {
  const values = objects.map((each) => fromJson(each));
  const scalers = new Map(
    values
      .filter((each) => at(each, "kind") === "HorizontalPodAutoscaler")
      .map((each): [string, number] => [
        `Deployment ${namespaceOf(each, namespace)}/${text(at(each, "spec", "scaleTargetRef", "name"))}`,
        Number(at(each, "spec", "maxReplicas")),
      ]),
  );
  return values
    .filter((each) => WORKLOADS.includes(text(at(each, "kind"))))
    .map((each) => {
      const kind = text(at(each, "kind"));
      const template =
        kind === "CronJob"
          ? at(each, "spec", "jobTemplate", "spec", "template")
          : at(each, "spec", "template");
      const where = namespaceOf(each, namespace);
      const metadata = { name: at(each, "metadata", "name"), namespace: where };
      return {
        id: `${kind} ${where}/${nameOf(each)}`,
        labels: at(template, "metadata", "labels"),
        byOperator: false,
        facts: judged(
          at(template, "spec"),
          at(template, "metadata", "annotations"),
          { ...(isMap(each) && each), metadata },
          scalers,
        ),
      };
    });
}

function namespaceOf(object: Value, otherwise: string): string {
  return text(at(object, "metadata", "namespace")) || otherwise;
}

/** Cilium's chart puts a hash of what is in them behind the names of Jobs. */
function nameOf(object: Value): string {
  return text(at(object, "metadata", "name")).replace(/-[0-9a-f]{10}$/, "-job");
}

function judged(spec: Value, annotations: Value, maker: Value, scalers: ReadonlyMap<string, number>) {
  const isOwnNetwork = at(spec, "hostNetwork") !== true;
  const { count, surge } = countsOf(maker, scalers);
  const deciding = entries(annotations).filter(([key]) => DECIDING.test(key));
  const containers = (list: string): [string, Value][] =>
    items(at(spec, list)).flatMap((each): [string, Value][] => {
      const name = `${list} ${text(at(each, "name"))}`;
      return [
        [name, true],
        [`${name} image`, withoutVersion(at(each, "image"))],
        [`${name} resources`, sorted(at(each, "resources"))],
        [`${name} securityContext`, contextOf(at(each, "securityContext"))],
        [`${name} restartPolicy`, at(each, "restartPolicy")],
        [`${name} readinessProbe`, at(each, "readinessProbe") !== undefined],
        [`${name} host ports`, isOwnNetwork ? hostPorts(each) : undefined],
      ];
    });
  return Object.fromEntries<Value>([
    ["service account", at(spec, "serviceAccountName")],
    ["hostNetwork", at(spec, "hostNetwork") === true],
    ["hostPID", at(spec, "hostPID") === true],
    ["hostIPC", at(spec, "hostIPC") === true],
    ["replicas", count],
    ["surge", surge],
    ["priority class", at(spec, "priorityClassName") ?? undefined],
    ["securityContext", contextOf(at(spec, "securityContext"))],
    ["annotations", sorted(Object.fromEntries(deciding))],
    ["volumes", volumes(spec)],
    ...containers("initContainers"),
    ...containers("containers"),
  ]);
}

function hostPorts(container: Value): Value {
  const ports = items(at(container, "ports")).flatMap((each) => at(each, "hostPort") ?? []);
  return ports.length === 0 ? undefined : ports;
}

function volumes(spec: Value): Value {
  const harmful = items(at(spec, "volumes")).filter(
    (each) => !entries(each).some(([key]) => HARMLESS.includes(key)),
  );
  const said = harmful.map((each) => {
    const path = at(each, "hostPath", "path");
    return [text(at(each, "name")), path ?? JSON.stringify(each)] as const;
  });
  return sorted(Object.fromEntries(said));
}

function contextOf(context: Value): Value {
  const own = entries(context).filter(
    ([key, value]) => JUDGED.includes(key) && !(key === "privileged" && value === false),
  );
  return own.length === 0 ? undefined : sorted(Object.fromEntries(own));
}

function withoutVersion(image: Value): Value {
  return isUnknown(image)
    ? image
    : text(image)
        .replace(/@.*$/, "")
        .replace(/:[^/:]+$/, "");
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(sorted).sort(byText);
  if (!isMap(value)) return typeof value === "number" ? String(value) : value;
  const filled = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  if (filled.length === 0) return undefined;
  return Object.fromEntries(filled.map(([key, each]) => [key, sorted(each)] as const).sort(byText));
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
