import type { ChartValue } from "../../modules/chart-values";
import type { Manifest } from "../../modules/manifest";

export interface PoolTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** How many nodes may be disrupted at once, and when: within a window of time, or always. */
export type PoolBudget = { readonly reasons?: readonly string[] } & (
  | { readonly percent: number; readonly nodes?: undefined }
  | { readonly nodes: number; readonly percent?: undefined }
) &
  (
    | { readonly schedule: string; readonly duration: string }
    | { readonly schedule?: undefined; readonly duration?: undefined }
  );

/** Types that a pool takes: by name, or by kind and size. */
export type PoolTypes =
  | { readonly names: readonly string[] }
  | {
      readonly categories: readonly string[];
      readonly minGeneration: number;
      readonly minVcpus: number;
      readonly maxVcpus?: number;
    };

export interface NodePoolSpec {
  readonly name: string;
  readonly className: string;
  readonly types: PoolTypes;
  readonly arch: readonly ("amd64" | "arm64")[];
  readonly capacity: readonly ("spot" | "on-demand")[];
  /** Default: every zone that the class finds a subnet in. */
  readonly zones?: readonly string[];
  readonly limits: { readonly cpus: number; readonly memoryGiB?: number };
  readonly weight?: number;
  readonly consolidation: "underutilized" | "empty";
  readonly consolidateAfter: string;
  readonly expireAfter: string;
  readonly terminationGracePeriod?: string;
  readonly budgets: readonly PoolBudget[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly PoolTaint[];
  /** Taints that something takes off when the node is ready. Karpenter would else launch a second node for the pods. */
  readonly startupTaints: readonly PoolTaint[];
}

/** A NodePool (karpenter.sh/v1). */
export function nodePool(spec: NodePoolSpec): Manifest {
  const { cpus, memoryGiB } = spec.limits;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: spec.name },
    spec: {
      template: {
        ...(Object.keys(spec.labels).length > 0 && { metadata: { labels: spec.labels } }),
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: spec.className },
          requirements: requirements(spec),
          expireAfter: spec.expireAfter,
          ...(spec.terminationGracePeriod !== undefined && {
            terminationGracePeriod: spec.terminationGracePeriod,
          }),
          ...(spec.taints.length > 0 && { taints: spec.taints.map(taint) }),
          ...(spec.startupTaints.length > 0 && { startupTaints: spec.startupTaints.map(taint) }),
        },
      },
      disruption: {
        consolidationPolicy: CONSOLIDATION[spec.consolidation],
        consolidateAfter: spec.consolidateAfter,
        budgets: spec.budgets.map(budget),
      },
      limits: { cpu: String(cpus), ...(memoryGiB !== undefined && { memory: `${memoryGiB}Gi` }) },
      ...(spec.weight !== undefined && { weight: spec.weight }),
    },
  };
}

const CONSOLIDATION = { underutilized: "WhenEmptyOrUnderutilized", empty: "WhenEmpty" } as const;

function requirements({ types, arch, capacity, zones }: NodePoolSpec): ChartValue[] {
  const oneOf = (key: string, values: readonly string[]) => ({ key, operator: "In", values });
  return [
    oneOf("kubernetes.io/os", ["linux"]),
    oneOf("kubernetes.io/arch", arch),
    oneOf("karpenter.sh/capacity-type", capacity),
    ...(zones === undefined ? [] : [oneOf("topology.kubernetes.io/zone", zones)]),
    ...("names" in types
      ? [oneOf("node.kubernetes.io/instance-type", types.names)]
      : [
          oneOf("karpenter.k8s.aws/instance-category", types.categories),
          atLeast("karpenter.k8s.aws/instance-generation", types.minGeneration),
          atLeast("karpenter.k8s.aws/instance-cpu", types.minVcpus),
          ...(types.maxVcpus === undefined ? [] : [atMost("karpenter.k8s.aws/instance-cpu", types.maxVcpus)]),
        ]),
    // Prefixes need Nitro. Bare metal reports no hypervisor and stays out: it takes many minutes to start.
    oneOf("karpenter.k8s.aws/instance-hypervisor", ["nitro"]),
  ];
}

const atLeast = (key: string, value: number) => ({ key, operator: "Gte", values: [String(value)] });
const atMost = (key: string, value: number) => ({ key, operator: "Lte", values: [String(value)] });

function taint({ key, value, effect }: PoolTaint): ChartValue {
  return { key, ...(value !== "" && { value }), effect };
}

function budget(each: PoolBudget): ChartValue {
  return {
    nodes: each.percent === undefined ? String(each.nodes) : `${each.percent}%`,
    ...(each.reasons !== undefined && { reasons: each.reasons }),
    ...(each.schedule !== undefined && { schedule: each.schedule, duration: each.duration }),
  };
}
