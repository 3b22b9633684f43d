import type { Cidr } from "../ip-capacity/cidr";
import {
  layoutSubnets,
  ownRangeCidr,
  SMALLEST_SUBNET_PREFIX,
  subnetTiers,
  type SubnetTier,
  tierShare,
} from "../ip-capacity/subnet-layout";
import type { SubnetSources } from "../ip-capacity/subnet-place";
import { hasNat } from "./egress";
import type { NetworkConfig } from "../config/schema/network/network";
import { controlPlaneZones, keptZones } from "./zones";

/** Subnets of a target: tier, then zone. A tier that a target does not have is absent. */
export type Subnets = ReadonlyMap<SubnetTier, ReadonlyMap<string, Cidr>>;

export type ConfiguredTier = keyof NetworkConfig["subnets"];

/**
 * Every subnet of the network, those of retiring zones included, from the CIDRs given and the layout of the rest.
 *
 * @throws SubnetLayoutError if a tier does not fit its share of the VPC
 */
export function subnetsOf(network: NetworkConfig): Subnets {
  const { vpcCidr, zoneBlocks } = network;
  const zones = [...new Set([...keptZones(network), ...controlPlaneZones(network)])].sort();
  const wanted = wantedTiers(network);
  const prefixes: Partial<Record<SubnetTier, number>> = {};
  for (const [tier, config] of wanted) {
    if ("prefix" in config && config.from === undefined) prefixes[tier] = config.prefix;
  }

  const laidOut = layoutSubnets({ vpcCidr, zoneBlocks, zones, tiers: prefixes });
  return new Map(
    wanted.map(([tier, config]) => {
      const there = zonesOfTier(network, tier);
      if ("cidrs" in config) return [tier, only(there, config.cidrs)];
      const { from: range, prefix } = config;
      if (range === undefined) return [tier, only(there, Object.fromEntries(laidOut.get(tier) ?? []))];
      return [
        tier,
        new Map(there.map((zone) => [zone, ownRangeCidr({ range, zoneBlocks }, zone, tier, prefix)])),
      ];
    }),
  );
}

/** All IPv4 ranges of a VPC, the one that it was made with first. */
export function vpcCidrsOf({
  vpcCidr,
  secondaryCidrs,
}: Pick<NetworkConfig, "vpcCidr" | "secondaryCidrs">): readonly Cidr[] {
  return [vpcCidr, ...secondaryCidrs];
}

/** What the subnets that have addresses to give are cut from; tiers given CIDR by CIDR are left out. */
export function subnetSourcesOf(network: NetworkConfig): SubnetSources {
  const { vpcCidr, zoneBlocks } = network;
  const tiers = wantedTiers(network).flatMap(([tier, wanted]) =>
    "cidrs" in wanted ? [] : [[tier, wanted.from ? { rangePrefix: wanted.from.prefix } : "vpc"] as const],
  );
  return { vpcPrefix: vpcCidr.prefix, zoneBlocks, tiers: Object.fromEntries(tiers) };
}

type WantedTier =
  { readonly prefix: number; readonly from?: Cidr } | { readonly cidrs: Readonly<Record<string, Cidr>> };

function wantedTiers(network: NetworkConfig): [SubnetTier, WantedTier][] {
  const { subnets, egress } = network;
  const tiers: Partial<Record<SubnetTier, WantedTier>> = {
    pods: subnets.pods,
    nodes: subnets.nodes ?? { prefix: share("nodes", network) },
    public: subnets.public ?? (hasNat(egress) ? { prefix: defaultPublicPrefix(network) } : undefined),
    controlPlane: subnets.controlPlane ?? { prefix: SMALLEST_SUBNET_PREFIX },
    ...(egress.kind === "firewall" && { firewall: subnets.firewall ?? { prefix: SMALLEST_SUBNET_PREFIX } }),
    ...(egress.kind === "transit-gateway" && {
      transitGateway: subnets.transitGateway ?? { prefix: SMALLEST_SUBNET_PREFIX },
    }),
  };
  return subnetTiers.flatMap((tier) => {
    const config = tiers[tier];
    return config === undefined ? [] : [[tier, config] as [SubnetTier, WantedTier]];
  });
}

function share(tier: SubnetTier, { vpcCidr, zoneBlocks }: NetworkConfig): number {
  return Math.min(tierShare(tier, vpcCidr.prefix, zoneBlocks), SMALLEST_SUBNET_PREFIX);
}

/** /24 in a /16. Never below /26: a load balancer wants 8 free addresses and takes more while it scales. */
function defaultPublicPrefix(network: NetworkConfig): number {
  const largest = share("public", network);
  return Math.max(largest, Math.min(largest + 3, 26));
}

/** Zones in which a tier has a subnet. */
export function zonesOfTier(network: NetworkConfig, tier: SubnetTier): readonly string[] {
  return tier === "controlPlane" ? controlPlaneZones(network) : keptZones(network);
}

function only(zones: readonly string[], cidrs: Readonly<Record<string, Cidr>>): Map<string, Cidr> {
  return new Map(zones.flatMap((zone) => (cidrs[zone] === undefined ? [] : [[zone, cidrs[zone]]])));
}
