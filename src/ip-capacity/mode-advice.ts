import { figure } from "../text/counted";
import { blockRemainder, zoneDemand, type ZoneDemandInput } from "./demand";
import { groupPodDensity } from "./group-pod-density";
import { podAddressBlock, usesPrefixes } from "./held-addresses";
import type { PodDensityOptions } from "./pod-density";
import { ADDRESSES_PER_PREFIX, type PodDensityMode, podsUseVpcIpv4 } from "./pod-density-mode";
import type { UsableAddresses } from "./recommendations";
import { smallestSubnetFor } from "./subnet-size";

/** Another way to give pods addresses, and what would come of it. */
export interface ModeAdvice {
  readonly change: "prefix-delegation" | "custom-networking" | "overlay" | "ipv6";
  /** Whether anything is wrong today that a change could solve. */
  readonly needed: boolean;
  /** Whether it solves what is wrong today; false too where nothing is wrong. */
  readonly helps: boolean;
  /** Figure for kubelet on the mixed types; null where one of them cannot. */
  readonly maxPods: number | null;
  /** Addresses needed of the nodes' subnet, and whether today's has them. */
  readonly nodeSubnetNeed: number;
  readonly nodeSubnetFits: boolean;
  /** Smallest pod subnet for each zone; undefined where there is none, null where a /16 is too small. */
  readonly podSubnetPrefix?: number | null;
  readonly why: string;
}

export interface ModeAdviceProps {
  readonly demand: ZoneDemandInput;
  readonly usable: UsableAddresses;
  readonly types: readonly string[];
  readonly mode: PodDensityMode;
  readonly options: PodDensityOptions;
  /** Kubelet's figure that the wanted pods per node ask for, those on the host network included. */
  readonly maxPodsWanted: number;
  readonly addressesShort: boolean;
  readonly densityShort: boolean;
}

/** What each of the four ways out would do for a zone, the one in use left out; none where pods take no VPC address. */
export function adviseModes(props: ModeAdviceProps): readonly ModeAdvice[] {
  if (!podsUseVpcIpv4(props.mode)) return [];
  return [
    ...(usesPrefixes(props.mode, props.options) ? [] : [prefixDelegation(props)]),
    ...(props.demand.podAddresses === "pod-subnet" ? [] : [customNetworking(props)]),
    withoutVpcAddresses(props, "overlay"),
    withoutVpcAddresses(props, "ipv6"),
  ];
}

function prefixDelegation(props: ModeAdviceProps): ModeAdvice {
  const modes: Partial<Record<PodDensityMode, PodDensityMode>> = {
    "cilium-eni": "cilium-eni-prefix",
    "custom-networking": "custom-networking",
  };
  const mode = modes[props.mode] ?? "prefix";
  const options = { ...props.options, prefixDelegation: true };
  const { podsPerNode } = props.demand;
  const rest = blockRemainder(podsPerNode, ADDRESSES_PER_PREFIX);
  const measured = measure(
    { ...props, options },
    { change: "prefix-delegation", mode, demand: { ...props.demand, podAddressBlock: ADDRESSES_PER_PREFIX } },
  );
  const blocks = Math.ceil(podsPerNode / ADDRESSES_PER_PREFIX);
  return advice(
    props,
    measured,
    `it lifts the ceiling to ${measured.maxPods ?? 0} pods on a node`,
    `it cuts blocks from the same subnets: ${podsPerNode} pods of a node take ${blocks} blocks of` +
      ` ${ADDRESSES_PER_PREFIX}, which is ${rest} addresses more`,
  );
}

function customNetworking(props: ModeAdviceProps): ModeAdvice {
  const mode: PodDensityMode =
    props.mode === "cilium-eni" || props.mode === "cilium-eni-prefix" ? props.mode : "custom-networking";
  const prefixes = usesPrefixes(props.mode, props.options);
  const plain = withPodSubnets(props, mode, prefixes);
  // The pods lose an ENI. Where that is one too many, prefixes on the others make up for it.
  const short = plain.maxPods !== null && plain.maxPods < props.maxPodsWanted && !prefixes;
  const measured = short
    ? withPodSubnets(props, mode === "cilium-eni" ? "cilium-eni-prefix" : mode, true)
    : plain;
  const size =
    typeof measured.podSubnetPrefix === "number" ? `a /${measured.podSubnetPrefix}` : "more than a /16";
  const pods = measured.maxPods ?? "no";
  const density = `a node keeps ${short ? `${plain.maxPods ?? "no"} pods, or ${pods} with prefixes` : `${pods} pods`}`;
  const addresses = `pods move to subnets of their own, ${size} in each zone, for example of 100.64.0.0/10`;
  return advice(props, measured, density, short ? `${addresses}; ${density}` : addresses);
}

function withPodSubnets(props: ModeAdviceProps, mode: PodDensityMode, prefixes: boolean): Measured {
  const options = { ...props.options, prefixDelegation: prefixes, firstInterfaceIndex: 1 };
  const demand: ZoneDemandInput = {
    ...props.demand,
    podAddresses: "pod-subnet",
    podAddressBlock: podAddressBlock(mode, options),
  };
  return measure({ ...props, options }, { change: "custom-networking", mode, demand });
}

function withoutVpcAddresses(props: ModeAdviceProps, mode: "overlay" | "ipv6"): ModeAdvice {
  const measured = measure(props, { change: mode, mode, demand: { ...props.demand, podAddresses: "none" } });
  const addresses =
    mode === "overlay"
      ? "pods take no VPC address, and nothing outside the cluster can reach one by its address"
      : "pods take no IPv4 address; the cluster must be made anew, and applications, on-premises networks, tooling and allow-lists must be ready";
  return advice(props, measured, `a node takes ${measured.maxPods ?? "no"} pods`, addresses);
}

interface Measured extends Omit<ModeAdvice, "why"> {
  readonly impossible: string | null;
}

function measure(
  props: ModeAdviceProps,
  change: {
    readonly change: ModeAdvice["change"];
    readonly mode: PodDensityMode;
    readonly demand: ZoneDemandInput;
  },
): Measured {
  const { maxPods, reason } = groupPodDensity(props.types, change.mode, props.options);
  const { subnets } = zoneDemand(change.demand);
  const nodeSubnetNeed = subnets.find(({ subnet }) => subnet === "nodes")?.total ?? 0;
  const pods = subnets.find(({ subnet }) => subnet === "pods");
  const nodeSubnetFits = nodeSubnetNeed <= (props.usable.nodes ?? 0);
  const podSubnetPrefix = pods === undefined ? undefined : smallestSubnetFor(pods.total);
  // New pod subnets can have any size; those of today are as they are.
  const podSubnetFits =
    pods === undefined || change.change === "custom-networking" || pods.total <= (props.usable.pods ?? 0);
  const enoughAddresses = nodeSubnetFits && podSubnetFits && podSubnetPrefix !== null;
  const enoughDensity = maxPods !== null && maxPods >= props.maxPodsWanted;
  return {
    change: change.change,
    needed: props.addressesShort || props.densityShort,
    helps: (props.addressesShort || props.densityShort) && enoughAddresses && enoughDensity,
    maxPods,
    nodeSubnetNeed,
    nodeSubnetFits,
    impossible: reason,
    ...(podSubnetPrefix === undefined ? {} : { podSubnetPrefix }),
  };
}

function advice(props: ModeAdviceProps, measured: Measured, density: string, addresses: string): ModeAdvice {
  const { impossible, ...rest } = measured;
  return { ...rest, why: because(props, measured, density, addresses) ?? impossible ?? "impossible" };
}

function because(
  { addressesShort, densityShort, maxPodsWanted }: ModeAdviceProps,
  { helps, maxPods, nodeSubnetNeed, nodeSubnetFits }: Measured,
  density: string,
  addresses: string,
): string | undefined {
  if (maxPods === null) return undefined;
  if (!addressesShort && !densityShort) return `nothing is short today; ${addresses}`;
  const solved = [...(densityShort ? [density] : []), ...(addressesShort ? [addresses] : [])].join("; ");
  if (helps) return solved;
  if (!densityShort && maxPods < maxPodsWanted) return `${solved}; but ${density}`;
  return nodeSubnetFits ? solved : `${solved}; the nodes' subnet would need ${figure(nodeSubnetNeed)}`;
}
