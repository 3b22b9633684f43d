import { ExpectedError } from "../text/errors";
import { counted } from "../text/counted";
import { listed } from "../text/listed";
import { type InstanceType, requireInstanceType } from "../facts/instance-types";

import { addressCount } from "./cidr";
import {
  ADDRESSES_PER_PREFIX,
  amiDefaultMaxPods,
  CILIUM_ADDRESSES_PER_NODE,
  DEFAULT_HOST_NETWORK_PODS,
  DEFAULT_NODE_MASK,
  type PodDensityMode,
  recommendedCap,
  takesPrefixes,
  usesCilium,
} from "./pod-density-mode";
import { remembered } from "./remembered";

export interface PodDensityOptions {
  /** Pods on the node's own network, which kubelet counts too. Default 2. */
  readonly hostNetworkPods?: number;
  /**
   * Where EKS's recommended maximum (110 or 250) applies. `by-mode`, the default: where addresses are not what ends
   * first, that is with prefixes, overlay and IPv6. `always`: as managed node groups without an AMI of their own
   * enforce it. `never`: what the addresses allow.
   */
  readonly recommendedCap?: "by-mode" | "always" | "never";
  /** `custom-networking` with prefixes on the pods' ENIs. Default false. */
  readonly prefixDelegation?: boolean;
  /** `cilium-eni*`: the first ENI that holds pods. 1 when pods have subnets of their own. Default 0. */
  readonly firstInterfaceIndex?: number;
  /** Addresses Cilium takes on each node. Default 2 (router and health); 3 with ingress or Gateway API. */
  readonly ciliumAddresses?: number;
  /** `overlay`: prefix length of a node's pod CIDR. Default 24. */
  readonly nodeMask?: number;
  /** MAX_ENI of the VPC CNI: at most this many ENIs. */
  readonly maxEnis?: number;
  /**
   * Security groups for pods: one ENI is the trunk, which holds no pod addresses (aws/amazon-vpc-cni-k8s v1.22.4
   * pkg/ipamd/datastore/data_store.go passes trunks over, pkg/ipamd/ipamd.go hasRoomForEni keeps one free). Default false.
   */
  readonly securityGroupsForPods?: boolean;
  /**
   * Whether the branch ENIs of the trunk count as places for pods. `apart` is kubelet's figure: kubelet can't tell pods
   * that have groups of their own from others, and would give their places away. Default `counted`.
   */
  readonly branchEnis?: "counted" | "apart";
  /** What kubelet was told, if it was told anything: the lower of this and the computed figure holds. */
  readonly configuredMaxPods?: number;
  /** Nobody tells kubelet anything, so that it keeps what the EKS AMI computes, whatever the CNI does. */
  readonly kubeletDefault?: boolean;
}

export type PodDensityLimit =
  "eni-addresses" | "recommended-cap" | "node-mask" | "configured" | "ami-default";

export interface DensityTerm {
  readonly label: string;
  readonly value: number;
}

export interface PodDensity {
  readonly instanceType: string;
  readonly mode: PodDensityMode;
  /** The figure for kubelet, pods on the host network included; null where the mode is impossible. */
  readonly maxPods: number | null;
  readonly limitedBy: PodDensityLimit | null;
  /** Why the mode is impossible. */
  readonly reason: string | null;
  /** Addresses a node has for pods; null with IPv6 (a /80 has 2^48) and where the mode is impossible. */
  readonly addresses: number | null;
  /** EKS's recommended maximum, whether or not it was applied. */
  readonly recommendedCap: number;
  /** Pods with security groups of their own; 0 where the type or the CNI cannot, null where none publishes it. */
  readonly podEnis: number | null;
  /** Whether one of its ENIs is the trunk of security groups for pods. */
  readonly trunk: boolean;
  /** The calculation, term by term. */
  readonly terms: readonly DensityTerm[];
}

/** A type cannot run in the mode. The message names both and says why. */
export class PodDensityError extends ExpectedError {}

/**
 * The pods one node of the type can run.
 *
 * @throws UnknownInstanceTypeError for a name that is not in the table
 */
export function podDensity(
  nameOrType: string | InstanceType,
  mode: PodDensityMode,
  options: PodDensityOptions = {},
): PodDensity {
  const type = typeof nameOrType === "string" ? requireInstanceType(nameOrType) : nameOrType;
  const podEnis = usesCilium(mode) ? 0 : type.trunking === null ? null : type.trunking ? type.branchEnis : 0;
  const trunk = options.securityGroupsForPods === true && !usesCilium(mode);
  const base = { instanceType: type.name, mode, recommendedCap: recommendedCap(type), podEnis, trunk };

  const reason = whyNoPrefixes(type, mode, options) ?? whyNoPodEnis(type, mode, options, podEnis);
  const pool = reason === null && mode !== "ipv6" ? addressTerms(type, mode, options) : [];
  const addresses = mode === "ipv6" ? null : sum(pool);
  const noAddress = reason === null && addresses !== null && addresses < 1;
  if (reason !== null || noAddress) {
    const why = reason ?? whyNoAddress(type, mode, options);
    return { ...base, maxPods: null, limitedBy: null, reason: why, addresses: null, terms: [] };
  }

  const counted = [
    ...pool,
    { label: "pods on the host network", value: options.hostNetworkPods ?? DEFAULT_HOST_NETWORK_PODS },
    ...(options.securityGroupsForPods && options.branchEnis !== "apart"
      ? [{ label: "branch ENIs", value: podEnis ?? 0 }]
      : []),
  ];
  const byAddresses: Limit = {
    by: mode === "overlay" ? "node-mask" : "eni-addresses",
    pods: addresses === null ? Infinity : sum(counted),
  };
  const ceilings = ceilingsOf(type, mode, options);
  const lowest = ceilings.reduce((low, limit) => (limit.pods < low.pods ? limit : low), byAddresses);
  return {
    ...base,
    maxPods: lowest.pods,
    limitedBy: lowest.by,
    reason: null,
    addresses,
    terms: [
      ...(addresses === null ? [] : counted),
      ...ceilings.map(({ by, pods }) => ({ label: ceilingLabels[by], value: pods })),
    ],
  };
}

interface Limit {
  readonly by: PodDensityLimit;
  readonly pods: number;
}

const ceilingLabels: Readonly<Record<PodDensityLimit, string>> = {
  "recommended-cap": "at most, as EKS recommends",
  configured: "at most, as configured",
  "ami-default": "at most, as the EKS AMI tells kubelet",
  "eni-addresses": "at most, by addresses",
  "node-mask": "at most, by the node's pod CIDR",
};

function ceilingsOf(type: InstanceType, mode: PodDensityMode, options: PodDensityOptions): readonly Limit[] {
  const rule = options.recommendedCap ?? "by-mode";
  const byMode = mode === "overlay" || needsPrefixes(mode, options);
  // Nothing but the recommendation ends the pods of an IPv6 node.
  const capped = mode === "ipv6" || rule === "always" || (rule === "by-mode" && byMode);
  return [
    ...(capped ? [{ by: "recommended-cap" as const, pods: recommendedCap(type) }] : []),
    ...(options.configuredMaxPods === undefined
      ? []
      : [{ by: "configured" as const, pods: options.configuredMaxPods }]),
    ...(options.kubeletDefault ? [{ by: "ami-default" as const, pods: amiDefaultMaxPods(type) }] : []),
  ];
}

function sum(terms: readonly DensityTerm[]): number {
  return terms.reduce((total, { value }) => total + value, 0);
}

function whyNoPrefixes(type: InstanceType, mode: PodDensityMode, options: PodDensityOptions): string | null {
  if (!needsPrefixes(mode, options) || takesPrefixes(type)) return null;
  const remedy = mode === "ipv6" ? "use a Nitro type" : "use single addresses, or a Nitro type";
  return `${type.name} is a Xen type, and prefixes need Nitro; ${remedy}`;
}

function whyNoPodEnis(
  type: InstanceType,
  mode: PodDensityMode,
  options: PodDensityOptions,
  podEnis: number | null,
): string | null {
  if (!options.securityGroupsForPods) return null;
  if (usesCilium(mode)) return `security groups for pods need the VPC CNI, and ${mode} has none`;
  if (podEnis === null)
    return `whether ${type.name} takes a trunk ENI is not published in any source we have`;
  return podEnis === 0 ? `${type.name} takes no trunk ENI, which security groups for pods need` : null;
}

function whyNoAddress(type: InstanceType, mode: PodDensityMode, options: PodDensityOptions): string {
  if (mode === "overlay") {
    return `a /${options.nodeMask ?? DEFAULT_NODE_MASK} for each node leaves no address for a pod; use a shorter mask`;
  }
  const enis = `${counted(type.enis, "ENI")} of ${type.ipv4PerEni} addresses`;
  const without = takenEnis(mode, options);
  return `${type.name} has ${enis}${without.length > 0 ? ` (without ${listed(without)})` : ""}, which leaves none for a pod`;
}

function needsPrefixes(mode: PodDensityMode, options: PodDensityOptions): boolean {
  return (
    mode === "prefix" ||
    mode === "cilium-eni-prefix" ||
    mode === "ipv6" ||
    (mode === "custom-networking" && options.prefixDelegation === true)
  );
}

/** ENIs whose addresses pods can have. */
export function podInterfaces(
  type: Pick<InstanceType, "enis">,
  mode: PodDensityMode,
  options: PodDensityOptions = {},
): number {
  const enis = Math.min(type.enis, options.maxEnis ?? type.enis);
  if (mode === "cilium-eni" || mode === "cilium-eni-prefix") return enis - (options.firstInterfaceIndex ?? 0);
  return Math.max(enis - takenEnis(mode, options).length, 0);
}

/** What takes an ENI of a node of the VPC CNI without giving addresses to pods. */
export function takenEnis(
  mode: PodDensityMode,
  { securityGroupsForPods }: Pick<PodDensityOptions, "securityGroupsForPods">,
): readonly string[] {
  return [
    ...(mode === "custom-networking" ? ["the node's own"] : []),
    ...(securityGroupsForPods && !usesCilium(mode) && mode !== "ipv6" ? ["the trunk"] : []),
  ];
}

/** Where pod addresses come from and what is taken off first. */
function addressTerms(
  type: InstanceType,
  mode: PodDensityMode,
  options: PodDensityOptions,
): readonly DensityTerm[] {
  const ciliumsOwn = usesCilium(mode)
    ? [
        {
          label: "Cilium's own (router, health)",
          value: -(options.ciliumAddresses ?? CILIUM_ADDRESSES_PER_NODE),
        },
      ]
    : [];
  if (mode === "overlay") {
    const mask = options.nodeMask ?? DEFAULT_NODE_MASK;
    // Cilium hands out neither the first nor the last address of a node's CIDR.
    return [{ label: `/${mask} for each node, less 2`, value: addressCount(mask) - 2 }, ...ciliumsOwn];
  }
  const enis = podInterfaces(type, mode, options);
  const slots = type.ipv4PerEni - 1;
  const prefixes = needsPrefixes(mode, options);
  return [
    {
      label: `${counted(enis, "ENI")} x (${type.ipv4PerEni} - 1)${prefixes ? ` x ${ADDRESSES_PER_PREFIX}` : ""}`,
      value: enis * slots * (prefixes ? ADDRESSES_PER_PREFIX : 1),
    },
    ...ciliumsOwn,
  ];
}

/**
 * The figure for kubelet on a group of mixed types: the lowest of them.
 *
 * @throws PodDensityError if there is no type, or one of them cannot run in the mode
 * @throws UnknownInstanceTypeError
 */
export const maxPodsFor: (
  types: readonly string[],
  mode: PodDensityMode,
  options?: PodDensityOptions,
) => number = remembered(fewestPods);

function fewestPods(types: readonly string[], mode: PodDensityMode, options: PodDensityOptions = {}): number {
  const all = types.map((name) => {
    const { maxPods, reason } = podDensity(name, mode, options);
    if (maxPods === null) throw new PodDensityError(`no pods with ${mode}: ${reason ?? "unknown reason"}`);
    return maxPods;
  });
  if (all.length === 0) throw new PodDensityError("no instance type named, so there is no pod density");
  return Math.min(...all);
}
