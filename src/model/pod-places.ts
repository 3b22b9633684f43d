import { poolsOf } from "./karpenter-pools";
import { instanceType } from "../facts/instance-types";
import { hardTaints, startSize } from "./node-room";
import { poolInstanceTypes } from "./pool-instance-types";
import type { TargetConfig } from "../config/schema/target";
import type { Taint } from "../config/schema/taint";
import type { ConfigPath } from "../config/read/source-node";

/** Nodes of one kind that pods may be put on. */
export interface PodPlace {
  readonly path: ConfigPath;
  /** The values that its nodes have of each label that is known before there is one. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Taints that keep pods away. */
  readonly taints: readonly Taint[];
  /** EC2 types that its nodes may be of, as far as they are known. */
  readonly instanceTypes: readonly string[];
  /** Whether there is a node, or one is made for a pod: nothing of ours raises a managed group's size. */
  readonly hasNodes: boolean;
}

type Config = Pick<TargetConfig, "nodes" | "karpenter" | "network">;

/** Where pods may run: every managed group and every pool of Karpenter's. */
export function podPlaces(config: Config, region: string): readonly PodPlace[] {
  const { nodes, network } = config;
  const groups = Object.entries(nodes).map(([name, group]): PodPlace => {
    const { instanceTypes, zones = network.zones, capacity, labels } = group;
    const own = { "eks.amazonaws.com/capacityType": [EKS_CAPACITY[capacity]] };
    return {
      path: ["nodes", name],
      labels: labelsOf(instanceTypes, zones, region, { ...own, ...listed(labels) }),
      taints: hardTaints(group),
      instanceTypes,
      hasNodes: startSize(group) > 0,
    };
  });
  const pools = Object.entries(poolsOf(config)).map(([name, pool]): PodPlace => {
    const { zones = network.zones, capacity, labels } = pool;
    const instanceTypes = poolInstanceTypes(pool);
    const own = { "karpenter.sh/capacity-type": capacity, "karpenter.sh/nodepool": [name] };
    return {
      path: ["karpenter", "pools", name],
      labels: labelsOf(instanceTypes, zones, region, { ...own, ...listed(labels) }),
      taints: hardTaints(pool),
      instanceTypes,
      hasNodes: true,
    };
  });
  return [...groups, ...pools];
}

/**
 * Labels that the kubelet and the cloud's controller set (kubernetes.io, "Well-Known Labels, Annotations and Taints").
 * Karpenter makes nodes of types that AWS adds later, too; they have the same zones and architectures.
 */
function labelsOf(
  instanceTypes: readonly string[],
  zones: readonly string[],
  region: string,
  others: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, readonly string[]> {
  const archs = instanceTypes.flatMap((name) => (instanceType(name)?.arch ?? []).map(kubernetesArch));
  return new Map(
    Object.entries({
      "kubernetes.io/os": ["linux"],
      "kubernetes.io/arch": archs,
      "topology.kubernetes.io/zone": zones,
      "topology.kubernetes.io/region": [region],
      ...others,
    }),
  );
}

const kubernetesArch = (arch: string): string => (arch === "x86_64" ? "amd64" : arch);

const EKS_CAPACITY = { "on-demand": "ON_DEMAND", spot: "SPOT" } as const;

function listed(labels: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, [value]]));
}

/** Domains of labels that something else puts on nodes, such as a device plugin; nobody here can say which. */
const SET_BY_OTHERS =
  /(^|\.)(kubernetes\.io|k8s\.io|k8s\.aws|amazonaws\.com|amazon\.com|aws\.com|karpenter\.sh|cilium\.io|nvidia\.com|amd\.com|intel\.com)\//;

/** Whether nodes of the place have the label, or may have it from others. */
export function mayHave({ labels, instanceTypes }: PodPlace, key: string, value: string): boolean {
  const values = labels.get(key);
  if (values !== undefined) return values.includes(value);
  if (key === "node.kubernetes.io/instance-type") {
    // A type that the table lacks may be new, and a pool may take it.
    return instanceType(value) === undefined || instanceTypes.includes(value);
  }
  return SET_BY_OTHERS.test(key);
}
