import { counted, figure } from "../text/counted";
import { loadBalancerAddresses } from "../facts/aws-quotas";

import { type Allowance, allowanceNodes, formatAllowance, percentOf } from "./allowance";

/**
 * Free addresses a load balancer wants in each of its subnets (Elastic Load Balancing, "Subnets for your load
 * balancer": at least a /27 with at least 8 free addresses).
 */
export const ADDRESSES_PER_LOAD_BALANCER = loadBalancerAddresses.freePerSubnet;

/** What one availability zone is to hold. All counts are whole and not negative. */
export interface ZoneDemandInput {
  readonly nodes: number;
  /** Pods with an address of their own on each node, without those on the host network. */
  readonly podsPerNode: number;
  /**
   * Where pod addresses come from: the nodes' subnet, subnets of the pods' own (custom networking, Cilium with pod
   * subnets), or no IPv4 subnet at all (overlay, IPv6). Default `node-subnet`.
   */
  readonly podAddresses?: "node-subnet" | "pod-subnet" | "none";
  /** Addresses come in blocks of so many that belong to one node: 16 with prefixes. Default 1. */
  readonly podAddressBlock?: number;
  /** Nodes beside the steady ones during an upgrade. */
  readonly surge?: Allowance;
  /** Nodes beside the steady ones at peak load. */
  readonly burst?: Allowance;
  /**
   * Addresses the CNI holds on each node beyond its pods': warm addresses, the rest of a prefix, the primary
   * addresses of further ENIs (see `warm-pool.ts`). Default 0, as in the plain formula.
   */
  readonly heldPerNode?: number;
  /** Resolvers, databases and whatever else has addresses in the nodes' subnet. */
  readonly infrastructureAddresses?: number;
  /** Interface endpoints, one address each. */
  readonly interfaceEndpoints?: number;
  readonly loadBalancers?: number;
  /** Addresses of each load balancer, 8 or more while they scale. */
  readonly addressesPerLoadBalancer?: number;
  /** Room to grow, in percent of everything else. */
  readonly growthPercent?: number;
}

export type DemandPart = "steady" | "surge" | "burst" | "infrastructure" | "growth";

/** One line of the formula. */
export interface DemandTerm {
  readonly part: DemandPart;
  readonly label: string;
  /** How the figure comes about, for example `40 nodes x 35 pods`. */
  readonly calculation: string;
  readonly addresses: number;
}

/** What one subnet is to hold. */
export interface SubnetDemand<Subnet extends "nodes" | "pods" | "public" = "nodes" | "pods"> {
  readonly subnet: Subnet;
  readonly terms: readonly DemandTerm[];
  /** Everything but growth. */
  readonly subtotal: number;
  readonly total: number;
  readonly parts: Readonly<Record<DemandPart, number>>;
}

export interface ZoneDemand {
  readonly nodes: Readonly<Record<"steady" | "surge" | "burst" | "total", number>>;
  readonly subnets: readonly SubnetDemand[];
}

/**
 * The addresses a zone needs, term by term: nodes, pods, surge, burst, infrastructure, load balancers, growth. Surge
 * and burst come together, because an upgrade does not wait for the load to fall.
 */
export function zoneDemand(input: ZoneDemandInput): ZoneDemand {
  const surge = allowanceNodes(input.nodes, input.surge);
  const burst = allowanceNodes(input.nodes, input.burst);
  const nodes = { steady: input.nodes, surge, burst, total: input.nodes + surge + burst };
  const from = input.podAddresses ?? "node-subnet";

  const nodeTerms = nodePhases(input, surge, burst).map(({ part, name, count, source }) =>
    term(part, `${name} nodes`, `${counted(count, "node")}${source}`, count),
  );
  const podTerms = nodePhases(input, surge, burst).flatMap((phase) => podTermsOf(phase, input));
  const shared = sharedTerms(input);
  const subnets =
    from === "node-subnet"
      ? [subnetDemand("nodes", interleave(nodeTerms, podTerms, shared), input)]
      : [
          subnetDemand("nodes", [...nodeTerms, ...shared], input),
          ...(from === "pod-subnet" ? [subnetDemand("pods", podTerms, input)] : []),
        ];
  return { nodes, subnets };
}

interface Phase {
  readonly part: DemandPart;
  readonly name: string;
  readonly count: number;
  readonly source: string;
}

function nodePhases(input: ZoneDemandInput, surge: number, burst: number): readonly Phase[] {
  const of = (allowance: Allowance | undefined) =>
    allowance !== undefined && "percent" in allowance
      ? ` (${formatAllowance(allowance)} of ${input.nodes})`
      : "";
  return [
    { part: "steady", name: "steady", count: input.nodes, source: "" },
    ...(surge > 0 ? [{ part: "surge" as const, name: "surge", count: surge, source: of(input.surge) }] : []),
    ...(burst > 0 ? [{ part: "burst" as const, name: "burst", count: burst, source: of(input.burst) }] : []),
  ];
}

function podTermsOf({ part, name, count }: Phase, input: ZoneDemandInput): readonly DemandTerm[] {
  const { podsPerNode, podAddressBlock = 1, heldPerNode = 0 } = input;
  const rest = blockRemainder(podsPerNode, podAddressBlock);
  const each = podsPerNode + rest;
  const nodes = counted(count, "node");
  const pods =
    podAddressBlock === 1
      ? counted(podsPerNode, "pod")
      : `${counted(each / podAddressBlock, "block")} of ${podAddressBlock}`;
  return [
    term(part, `${name} pods`, `${nodes} x ${pods}`, count * each),
    ...(heldPerNode > 0
      ? [term(part, `${name}, held by the CNI`, `${nodes} x ${heldPerNode}`, count * heldPerNode)]
      : []),
  ];
}

function sharedTerms(input: ZoneDemandInput): readonly DemandTerm[] {
  const infrastructure = input.infrastructureAddresses ?? 0;
  const endpoints = input.interfaceEndpoints ?? 0;
  const loadBalancers = input.loadBalancers ?? 0;
  const each = input.addressesPerLoadBalancer ?? ADDRESSES_PER_LOAD_BALANCER;
  return [
    ...(endpoints > 0 ? [term("infrastructure", "interface endpoints", `${endpoints} x 1`, endpoints)] : []),
    ...(infrastructure > 0 ? [term("infrastructure", "infrastructure", "as given", infrastructure)] : []),
    ...(loadBalancers > 0
      ? [term("infrastructure", "load balancers", `${loadBalancers} x ${each}`, loadBalancers * each)]
      : []),
  ];
}

/** What a public subnet is to hold: NAT gateways and internet-facing load balancers. */
export function publicSubnetDemand(
  natGateways: number,
  {
    loadBalancers = 0,
    addressesPerLoadBalancer: each = ADDRESSES_PER_LOAD_BALANCER,
    growthPercent,
  }: Pick<ZoneDemandInput, "loadBalancers" | "addressesPerLoadBalancer" | "growthPercent">,
): SubnetDemand<"public"> {
  const terms = [
    ...(natGateways > 0 ? [term("infrastructure", "NAT gateways", `${natGateways} x 1`, natGateways)] : []),
    ...(loadBalancers > 0
      ? [term("infrastructure", "load balancers", `${loadBalancers} x ${each}`, loadBalancers * each)]
      : []),
  ];
  return subnetDemand("public", terms, { growthPercent });
}

function subnetDemand<Subnet extends "nodes" | "pods" | "public">(
  subnet: Subnet,
  terms: readonly DemandTerm[],
  { growthPercent = 0 }: Pick<ZoneDemandInput, "growthPercent">,
): SubnetDemand<Subnet> {
  const subtotal = terms.reduce((total, { addresses }) => total + addresses, 0);
  const growth = percentOf(subtotal, growthPercent);
  const of = (part: DemandPart) =>
    terms.reduce((total, each) => total + (each.part === part ? each.addresses : 0), 0);
  return {
    subnet,
    terms:
      growth > 0
        ? [...terms, term("growth", "growth", `${growthPercent} % of ${figure(subtotal)}`, growth)]
        : terms,
    subtotal,
    total: subtotal + growth,
    parts: {
      steady: of("steady"),
      surge: of("surge"),
      burst: of("burst"),
      infrastructure: of("infrastructure"),
      growth,
    },
  };
}

/** Nodes before their pods in each phase, so that the lines read as the formula does. */
function interleave(
  nodeTerms: readonly DemandTerm[],
  podTerms: readonly DemandTerm[],
  shared: readonly DemandTerm[],
): readonly DemandTerm[] {
  const phases: readonly DemandPart[] = ["steady", "surge", "burst"];
  return [
    ...phases.flatMap((part) => [...nodeTerms, ...podTerms].filter((each) => each.part === part)),
    ...shared,
  ];
}

function term(part: DemandPart, label: string, calculation: string, addresses: number): DemandTerm {
  return { part, label, calculation, addresses };
}

/** Addresses of a node's last block that its pods leave and no other node can have. */
export function blockRemainder(podsPerNode: number, block: number): number {
  return Math.ceil(podsPerNode / block) * block - podsPerNode;
}
