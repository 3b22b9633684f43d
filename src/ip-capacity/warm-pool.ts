import type { InstanceType } from "../facts/instance-types";

import { podInterfaces, type PodDensityOptions } from "./pod-density";
import { ADDRESSES_PER_PREFIX, CILIUM_ADDRESSES_PER_NODE, type PodDensityMode } from "./pod-density-mode";

/**
 * Settings of the VPC CNI's daemon. Unset ones count as the CNI counts them: WARM_ENI_TARGET and, with prefixes,
 * WARM_PREFIX_TARGET are 1; the two IP targets are off, and either of them overrides both.
 * Source: aws/amazon-vpc-cni-k8s README.md; EKS Best Practices, "Prefix Mode for Linux".
 */
export interface WarmPoolSettings {
  readonly warmEniTarget?: number;
  readonly warmIpTarget?: number;
  readonly minimumIpTarget?: number;
  readonly warmPrefixTarget?: number;
}

/** What a node holds of its subnet. */
export interface NodeAddresses {
  /** ENIs in use for pods. */
  readonly enis: number;
  /** /28 blocks; 0 without prefixes. */
  readonly prefixes: number;
  /** Addresses for pods, used or warm. */
  readonly podAddresses: number;
  /** Of these, the ones no pod has. */
  readonly unused: number;
  /** Primary addresses of the ENIs beyond the node's own. */
  readonly eniPrimaries: number;
  /** What the subnet loses beyond the node's own address and one for each pod. */
  readonly held: number;
}

export interface WarmPoolOptions extends PodDensityOptions {
  readonly mode: PodDensityMode;
  /** Kubelet's figure, at which the VPC CNI stops to fill its pool. */
  readonly maxPods?: number;
}

/** Cilium keeps so many addresses free on a node (cilium/cilium Documentation, ipam/eni.rst, `pre-allocate`). */
export const CILIUM_PRE_ALLOCATE = 8;

/**
 * The addresses one node holds once its pool has settled, as ipamd's documents and its source describe it
 * (aws/amazon-vpc-cni-k8s docs/eni-and-ip-target.md, docs/prefix-and-ip-target.md, pkg/ipamd/ipamd.go). Churn, and
 * the 30 seconds an address cools down, can hold more for a while.
 */
export function vpcCniNodeAddresses(
  type: InstanceType,
  pods: number,
  settings: WarmPoolSettings,
  options: WarmPoolOptions,
): NodeAddresses {
  const prefixes = options.mode === "prefix" || options.prefixDelegation === true;
  const enis = podInterfaces(type, options.mode, options);
  const perEni = type.ipv4PerEni - 1;
  const chunk = prefixes ? ADDRESSES_PER_PREFIX : 1;
  const byIp = targetsByIp(settings);
  const unit = byIp === undefined && !prefixes ? perEni : chunk;
  const room = { chunk, perEni, enis, pods, mode: options.mode, trunk: options.securityGroupsForPods };
  // ipamd asks for no more once it holds an address for every pod kubelet would take.
  const enough = Math.ceil((options.maxPods ?? Infinity) / unit) * unit;

  if (byIp !== undefined) {
    const wanted = Math.min(Math.max(pods + byIp.warm, byIp.minimum), enough);
    return settle(Math.ceil(wanted / chunk), room);
  }
  if (prefixes) {
    const wanted = (Math.ceil(pods / chunk) + Math.max(settings.warmPrefixTarget ?? 1, 0)) * chunk;
    return settle(Math.min(wanted, enough) / chunk, room);
  }
  const warmEnis = Math.max(settings.warmEniTarget ?? 1, 0);
  const wanted = Math.max(Math.ceil(pods / perEni) + warmEnis, 1) * perEni;
  return settle(Math.min(wanted, enough), room);
}

/**
 * The same for Cilium in ENI mode: the addresses in use and 8 free ones, in blocks of 16 with prefixes.
 * Source: cilium/cilium Documentation/network/concepts/ipam/eni.rst, "Determination of ENI IP deficits or excess".
 */
export function ciliumNodeAddresses(
  type: InstanceType,
  pods: number,
  options: WarmPoolOptions & { readonly preAllocate?: number },
): NodeAddresses {
  const chunk = options.mode === "cilium-eni-prefix" ? ADDRESSES_PER_PREFIX : 1;
  const enis = podInterfaces(type, options.mode, options);
  const perEni = type.ipv4PerEni - 1;
  const own = options.ciliumAddresses ?? CILIUM_ADDRESSES_PER_NODE;
  const wanted = pods + own + (options.preAllocate ?? CILIUM_PRE_ALLOCATE);
  const firstInterfaceIndex = options.firstInterfaceIndex;
  return settle(Math.ceil(wanted / chunk), {
    chunk,
    perEni,
    enis,
    pods,
    mode: options.mode,
    firstInterfaceIndex,
  });
}

interface Room {
  readonly chunk: number;
  readonly perEni: number;
  readonly enis: number;
  readonly pods: number;
  readonly mode: PodDensityMode;
  readonly firstInterfaceIndex?: number;
  /** One more interface, which holds no pods. */
  readonly trunk?: boolean;
}

function settle(
  chunksWanted: number,
  { chunk, perEni, enis, pods, mode, firstInterfaceIndex, trunk = false }: Room,
): NodeAddresses {
  const chunks = Math.min(chunksWanted, enis * perEni);
  const podAddresses = chunks * chunk;
  const used = Math.max(Math.min(Math.ceil(chunks / perEni), enis), 1);
  // With custom networking, or Cilium from a later ENI on, the node's own ENI holds no pods: every pod ENI is extra.
  const podEnis = mode === "custom-networking" || (firstInterfaceIndex ?? 0) > 0 ? used : used - 1;
  const extra = podEnis + (trunk ? 1 : 0);
  const unused = Math.max(podAddresses - pods, 0);
  return {
    enis: used,
    prefixes: chunk === 1 ? 0 : chunks,
    podAddresses,
    unused,
    eniPrimaries: extra,
    held: unused + extra,
  };
}

function targetsByIp({
  warmIpTarget = 0,
  minimumIpTarget = 0,
}: WarmPoolSettings): { readonly warm: number; readonly minimum: number } | undefined {
  const warm = Math.max(warmIpTarget, 0);
  const minimum = Math.max(minimumIpTarget, 0);
  return warm > 0 || minimum > 0 ? { warm, minimum } : undefined;
}
