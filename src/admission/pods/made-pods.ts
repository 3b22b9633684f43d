import type { Resource } from "../../guardrails/resource";
import { at, isMap, isUnknown, text, toNumber, type Value } from "../../values/value";
import type { AdmittedPod } from "./pod";

type Counts = Pick<AdmittedPod, "count" | "surge">;

/** What decides how many pods there are at most, by kind and name of what it scales. */
type Scalers = ReadonlyMap<string, number | undefined>;

/** Pods that objects among the stacks make, as their templates say. */
export function madePods(objects: readonly Resource[]): AdmittedPod[] {
  const scalers = scalersOf(objects);
  return objects.flatMap((object): AdmittedPod[] => {
    const { attributes, stack, address } = object;
    const template = templateOf(attributes);
    const spec = at(template, "spec");
    if (!isMap(spec)) return [];
    const namespace = text(at(attributes, "metadata", "namespace")) || "default";
    return [
      {
        name: `${namespace}/${text(at(attributes, "metadata", "name"))}`,
        namespace,
        labels: at(template, "metadata", "labels"),
        annotations: at(template, "metadata", "annotations"),
        spec,
        by: { stack, address },
        ...(text(attributes.kind) !== "Pod" && { maker: attributes }),
        ...countsOf(attributes, scalers),
        injected: [],
      },
    ];
  });
}

function templateOf(manifest: Value): Value {
  switch (text(at(manifest, "kind"))) {
    case "Pod":
      return manifest;
    case "CronJob":
      return at(manifest, "spec", "jobTemplate", "spec", "template");
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "ReplicaSet":
    case "Rollout":
    case "Job":
      return at(manifest, "spec", "template");
    default:
      return undefined;
  }
}

function scalersOf(objects: readonly Resource[]): Scalers {
  return new Map(
    objects.flatMap(({ attributes }): [string, number | undefined][] => {
      const kind = text(attributes.kind);
      const isKeda = kind === "ScaledObject";
      if (!isKeda && kind !== "HorizontalPodAutoscaler") return [];
      const target = at(attributes, "spec", "scaleTargetRef");
      // KEDA 2.20, ScaledObject: 100 where it names none.
      const most = isKeda
        ? (at(attributes, "spec", "maxReplicaCount") ?? 100)
        : at(attributes, "spec", "maxReplicas");
      const namespace = text(at(attributes, "metadata", "namespace"));
      const scaled = text(at(target, "kind")) || "Deployment";
      return [[`${scaled} ${namespace}/${text(at(target, "name"))}`, toNumber(most)]];
    }),
  );
}

/** How many pods an object makes, at most and more than these while a release goes out. */
export function countsOf(manifest: Value, scalers: Scalers): Counts {
  const kind = text(at(manifest, "kind"));
  switch (kind) {
    case "Pod":
      return { count: 1, surge: 0 };
    case "DaemonSet":
      return {};
    case "Job":
      return parallel(at(manifest, "spec", "parallelism"));
    case "CronJob":
      return parallel(at(manifest, "spec", "jobTemplate", "spec", "parallelism"));
    default: {
      const id = `${kind} ${text(at(manifest, "metadata", "namespace"))}/${text(at(manifest, "metadata", "name"))}`;
      const count = scalers.has(id) ? scalers.get(id) : orOne(at(manifest, "spec", "replicas"));
      return count === undefined ? {} : { count, surge: surgeOf(kind, manifest, count) };
    }
  }
}

function parallel(value: Value): Counts {
  const count = orOne(value);
  return count === undefined ? {} : { count, surge: 0 };
}

function orOne(value: Value): number | undefined {
  if (value === undefined || value === null) return 1;
  return isUnknown(value) ? undefined : toNumber(value);
}

/** Pods beyond those asked for while a release goes out; 25 % where nothing is said (Kubernetes, Argo Rollouts). */
function surgeOf(kind: string, manifest: Value, count: number): number {
  if (kind !== "Deployment" && kind !== "Rollout") return 0;
  const strategy = at(manifest, "spec", "strategy");
  if (at(strategy, "type") === "Recreate") return 0;
  if (at(strategy, "blueGreen") !== undefined) return count;
  const given = at(strategy, "rollingUpdate", "maxSurge") ?? at(strategy, "canary", "maxSurge") ?? "25%";
  const percent = /^(\d+)%$/.exec(text(given))?.[1];
  return percent === undefined ? (toNumber(given) ?? 0) : Math.ceil((count * Number(percent)) / 100);
}
