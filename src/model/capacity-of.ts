import { onPremisesRanges } from "./connected-ranges";
import { counted } from "../text/counted";
import { listed } from "../text/listed";
import { interfaceServices } from "../facts/endpoint-services";
import type {
  CapacityGroup,
  CapacityInput,
  CapacityNetwork,
  CapacityPool,
} from "../ip-capacity/capacity-input";
import { managedGroupSurge } from "../ip-capacity/managed-group-surge";
import type { WarmPoolSettings } from "../ip-capacity/warm-pool";
import { karpenterPoolDemand } from "./karpenter-pools";
import { kubeletDensityOf } from "./max-pods";
import type { CapacityConfig } from "../config/schema/capacity";
import type { NetworkConfig } from "../config/schema/network/network";
import type { NodeGroupConfig } from "../config/schema/nodes";
import type { TargetConfig } from "../config/schema/target";
import type { GivenTarget } from "./given-target";
import { ingressGatewaysOf } from "./ingress-gateways";
import { type Subnets, subnetSourcesOf } from "./subnets";
import { istioOf } from "./mesh";
import { updatePaceOf } from "./update-pace";
import type { Zones } from "./zones";

/** What capacity is counted from. */
type Capable = Pick<GivenTarget, "name" | "config" | "production"> & {
  readonly subnets: Subnets;
  readonly zones: Zones;
};

/** What is known of every target, whether it says it or not. */
export type TargetCapacity = CapacityInput &
  Required<Pick<CapacityInput, "loadBalancers" | "publicLoadBalancers">>;

/**
 * A target in the terms of src/ip-capacity: what `capacity` says, and the rest from the target's own subnets, node
 * groups and endpoints. A zone without a node subnet is left out.
 *
 * @param pools Karpenter's node pools; the target's own
 */
export function capacityOf(
  { name, config, production, subnets, zones }: Capable,
  pools: readonly CapacityPool[] = karpenterPoolDemand(config),
): TargetCapacity {
  const { network, nodes, capacity } = config;
  const { mode, options } = kubeletDensityOf(config);
  const loadBalancers = loadBalancersOf(config, subnets);
  const endpoints = interfaceServices(network.endpoints.set, network.endpoints.additional).length;
  return {
    target: name,
    mode,
    density: options,
    zones: zonesWithNodes(network, zones, subnets),
    groups: Object.entries(nodes).map(([group, each]) => groupOf(group, each, network.zones)),
    pools,
    nodesPerZone: capacity.steady.nodesPerZone,
    podsPerNode: capacity.steady.podsPerNode,
    surge: allowanceOf(capacity.surge),
    burst: allowanceOf(capacity.burst),
    infrastructureAddresses: capacity.infrastructureAddresses,
    interfaceEndpoints: endpoints,
    loadBalancers: loadBalancers.internal,
    publicLoadBalancers: loadBalancers.public,
    addressesPerLoadBalancer: capacity.loadBalancers.addressesEach,
    growthPercent: capacity.growth.percent,
    monthlyGrowthPercent: capacity.growth.perMonthPercent,
    zonesLost: capacity.survive.zonesLost ?? (production ? 1 : 0),
    warmPool: warmPoolOf(config),
    prefixReservations: prefixReservationsWanted(network),
    subnetSources: subnetSourcesOf(network),
    network: {
      ...networkOf(
        network,
        natZones(network, zones).length,
        subnets,
        endpoints + loadBalancers.internal + loadBalancers.public,
      ),
      securityGroupRules: apiServerRules(config),
    },
    quotas: capacity.quotas,
    assumptions: loadBalancers.assumptions,
  };
}

/** Zones whose private subnets leave by a NAT gateway of their own. */
export function natZones(
  { egress: { kind }, existing }: NetworkConfig,
  { kept, inUse }: Zones,
): readonly string[] {
  // Those of an existing VPC are its owner's.
  if (existing !== undefined) return [];
  if (kind === "nat-per-zone" || kind === "firewall") return kept;
  return kind === "nat-single" ? inUse.slice(0, 1) : [];
}

/**
 * Whether, or how many, /28 blocks are reserved in the subnets that ENIs get their prefixes from. In the nodes' subnets,
 * too: nodes, load balancers and endpoints take single addresses anywhere in them, and once no whole block is left the
 * VPC CNI gives no addresses, while Cilium takes single ones and never goes back (cilium/cilium#46644).
 */
export function prefixReservationsWanted({ subnets }: NetworkConfig): boolean | number {
  return (subnets.pods ?? subnets.nodes)?.reservePrefixes ?? true;
}

function zonesWithNodes(network: NetworkConfig, zones: Zones, subnets: Subnets): CapacityInput["zones"] {
  const nat = natZones(network, zones);
  const { inUse } = zones;
  return [...(subnets.get("nodes") ?? [])]
    .filter(([zone]) => inUse.includes(zone))
    .map(([zone, nodeSubnet]) => ({
      zone,
      nodeSubnet,
      podSubnet: subnets.get("pods")?.get(zone),
      publicSubnet: subnets.get("public")?.get(zone),
      natGateways: nat.includes(zone) ? 1 : 0,
    }));
}

function groupOf(name: string, group: NodeGroupConfig, zones: readonly string[]): CapacityGroup {
  const { instanceTypes, size, capacity, maxPods } = group;
  return {
    name,
    instanceTypes,
    desiredSize: size.desired ?? size.min,
    maxSize: size.max,
    capacity: [capacity],
    ...(maxPods === "auto" ? {} : { maxPods }),
    ...(group.zones === undefined ? {} : { zones: group.zones }),
    surgeNodes: managedGroupSurge((group.zones ?? zones).length, size.max, updatePaceOf(group)),
  };
}

function allowanceOf(allowance: CapacityConfig["surge"]): CapacityInput["surge"] {
  if (allowance === undefined) return undefined;
  return "percent" in allowance ? allowance : { count: allowance.nodesPerZone };
}

function loadBalancersOf({ capacity: { loadBalancers: given }, mesh }: TargetConfig, subnets: Subnets) {
  const gateways = ingressGatewaysOf(istioOf(mesh));
  const known = (scheme: "internal" | "public") =>
    Math.max(1, gateways.filter((gateway) => gateway.scheme === scheme).length);
  const counts = {
    internal: given.internal ?? known("internal"),
    public: given.public ?? (subnets.has("public") ? known("public") : 0),
  };
  const assumed = [
    ...(given.internal === undefined ? [counted(counts.internal, "internal load balancer")] : []),
    ...(given.public === undefined && counts.public > 0
      ? [counted(counts.public, "internet-facing load balancer")]
      : []),
  ];
  return { ...counts, assumptions: assumed.length > 0 ? [`${listed(assumed)} in each zone`] : [] };
}

/** Targets of the VPC CNI's daemon, as the add-on is told; undefined where its defaults hold or there is none. */
function warmPoolOf({ cni }: Pick<TargetConfig, "cni">): WarmPoolSettings | undefined {
  if (cni.kind !== "vpc-cni") return undefined;
  const { warmPrefixTarget, warmIpTarget, minimumIpTarget } = cni;
  return { warmPrefixTarget, warmIpTarget, minimumIpTarget };
}

/**
 * Rules of the cluster's security group, the only one that grows with what a target says: the nodes, and each of the
 * runner's groups and ranges.
 */
function apiServerRules({ runner }: Pick<TargetConfig, "runner">): number {
  const fromNodes = 1;
  if (runner === undefined || runner.reach === "public") return fromNodes;
  return fromNodes + Math.max(runner.securityGroups.length + runner.cidrs.length, 1);
}

function networkOf(
  network: NetworkConfig,
  natGateways: number,
  subnets: Subnets,
  otherEnisPerZone: number,
): CapacityNetwork {
  const { connections } = network;
  const s3Route = 1;
  return {
    natGatewaysPerZone: natGateways > 0 ? 1 : 0,
    elasticIps: natGateways,
    otherEnisPerZone,
    routesPerTable:
      Math.min(natGateways, 1) + s3Route + connections.peers.length + onPremisesRanges(network).length,
    cidrBlocks: 1 + network.secondaryCidrs.length,
    subnets: [...subnets.values()].reduce((total, byZone) => total + byZone.size, 0),
  };
}
