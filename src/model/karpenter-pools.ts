import { acceleratorOf, type SupportedAccelerator } from "../facts/accelerators";
import type { CapacityPool } from "../ip-capacity/capacity-input";
import { groupPodDensity, type GroupPodDensity } from "../ip-capacity/group-pod-density";
import { maxPodsFor, takenEnis } from "../ip-capacity/pod-density";
import { kubeletDensityOf, podDensityOf } from "./max-pods";
import { poolInstanceTypes } from "./pool-instance-types";
import type { KarpenterConfig, NodeClassConfig } from "../components/karpenter/settings";
import type { TargetConfig } from "../config/schema/target";

/**
 * Kinds of image that nodes of a class have, by their accelerators; undefined: the standard one, which Bottlerocket has
 * for Neuron as well.
 */
export function imageKinds(
  config: Pick<TargetConfig, "karpenter">,
  className: string,
): ReadonlySet<SupportedAccelerator | undefined> {
  const types = Object.values(poolsOf(config))
    .filter((pool) => pool.class === className)
    .flatMap(poolInstanceTypes);
  const bottlerocket = classesOf(config)[className]?.ami === "bottlerocket";
  return new Set(
    types.map((type) => {
      const kind = acceleratorOf(type);
      return kind === "other" || (kind === "neuron" && bottlerocket) ? undefined : kind;
    }),
  );
}

type Config = Pick<TargetConfig, "cni" | "network" | "karpenter">;

const NONE = Object.freeze({});

/** Karpenter's pools by name. A target without Karpenter has none. */
export function poolsOf({ karpenter }: Pick<TargetConfig, "karpenter">): KarpenterConfig["pools"] {
  return karpenter?.pools ?? NONE;
}

/** Karpenter's classes by name. A target without Karpenter has none. */
export function classesOf({ karpenter }: Pick<TargetConfig, "karpenter">): KarpenterConfig["classes"] {
  return karpenter?.classes ?? NONE;
}

/** Karpenter's pools as src/ip-capacity counts them. */
export function karpenterPoolDemand(config: Config): CapacityPool[] {
  const classes = classesOf(config);
  return Object.entries(poolsOf(config)).map(([name, pool]) => {
    const nodeClass = classes[pool.class];
    const maxPods = nodeClass && classMaxPods(config, pool.class, nodeClass);
    return {
      name,
      instanceTypes: poolInstanceTypes(pool),
      cpuLimit: pool.limits.cpus,
      capacity: pool.capacity,
      ...(maxPods !== undefined && { maxPods }),
      ...(nodeClass && maxPods === undefined && { karpentersFigure: true }),
      ...(pool.zones && { zones: pool.zones }),
    };
  });
}

/**
 * Pods that kubelet of a class's nodes is told to take. Undefined where Karpenter computes the same by itself, for each
 * type: with the VPC CNI and single addresses, custom networking and trunks included (`reservedEnis`). Everywhere else
 * its figure is wrong: it knows neither prefixes nor overlays, nor the two addresses that Cilium takes of each node.
 *
 * @throws PodDensityError if an instance type of the class's pools can't run in the CNI mode
 */
export function classMaxPods(config: Config, name: string, nodeClass: NodeClassConfig): number | undefined {
  if (nodeClass.maxPods !== "auto") return nodeClass.maxPods;
  const density = kubeletDensityOf(config);
  return computedByKarpenter(density) ? undefined : mostPods(config, name, density);
}

function computedByKarpenter({ mode, options }: ReturnType<typeof podDensityOf>): boolean {
  return mode === "secondary-ip" || (mode === "custom-networking" && options.prefixDelegation !== true);
}

/**
 * ENIs of each node that hold no pod addresses, which Karpenter leaves out of its figure: the node's own with custom
 * networking, and the trunk of security groups for pods (aws/karpenter-provider-aws v1.14.1
 * pkg/providers/instancetype/types.go, ENILimitedPods).
 */
export function reservedEnis(config: Config): number {
  const { mode, options } = podDensityOf(config);
  return takenEnis(mode, options).length;
}

/** The figures of the class's types where one figure has to do for all; undefined where Karpenter computes each. */
export function classDensity(config: Config, name: string): GroupPodDensity | undefined {
  const { mode, options } = kubeletDensityOf(config);
  const types = classInstanceTypes(config, name);
  if (types.length === 0 || computedByKarpenter({ mode, options })) return undefined;
  return groupPodDensity(types, mode, options);
}

/** The most that the class's nodes can run, branch interfaces of security groups for pods included. */
export function classMaxPodsPossible(config: Config, name: string): number | undefined {
  return mostPods(config, name, podDensityOf(config));
}

/** A class without a pool has no figure. */
function mostPods(
  config: Config,
  name: string,
  { mode, options }: ReturnType<typeof podDensityOf>,
): number | undefined {
  const types = classInstanceTypes(config, name);
  return types.length === 0 ? undefined : maxPodsFor(types, mode, options);
}

function classInstanceTypes(config: Config, name: string): string[] {
  const pools = Object.values(poolsOf(config)).filter((pool) => pool.class === name);
  return [...new Set(pools.flatMap(poolInstanceTypes))];
}
