import type { Cidr } from "../ip-capacity/cidr";
import {
  ownRangeCidr,
  SMALLEST_SUBNET_PREFIX,
  subnetCidr,
  SubnetLayoutError,
  subnetTiers,
  type SubnetTier,
  tierShare,
} from "../ip-capacity/subnet-layout";
import type { SubnetSources } from "../ip-capacity/subnet-place";
import { givingWay, type GivingWay } from "../ip-capacity/give-way";
import { hasNat } from "./egress";
import type { NetworkConfig } from "../config/schema/network/network";
import { type Zones, zonesOf } from "./zones";

/** Subnets of a target: tier, then zone. A tier that a target does not have is absent. */
export type Subnets = ReadonlyMap<SubnetTier, ReadonlyMap<string, Cidr>>;

export type ConfiguredTier = keyof NetworkConfig["subnets"];

export interface SubnetLayout {
  readonly subnets: Subnets;
  /** Of subnets that do not fit, and are left out: one for each tier, or for each zone that has no place at all. */
  readonly problems: readonly SubnetLayoutError[];
}

/** Every subnet of the network, those of retiring zones included, from the CIDRs given and the layout of the rest. */
export function layoutOf(network: NetworkConfig): SubnetLayout {
  const problems = new Map<string, SubnetLayoutError>();
  const zones = zonesOf(network);
  const unwrittenPlace = givingWay(giversOf(network));
  const subnets = wantedTiers(network).map(([tier, wanted]): [SubnetTier, Map<string, Cidr>] => {
    const there = zonesOfTier(zones, tier);
    if ("cidrs" in wanted) return [tier, only(there, wanted.cidrs)];
    const placed = there.flatMap((zone): [string, Cidr][] => {
      try {
        const isWritten = network.subnets[tier] !== undefined;
        return [[zone, isWritten ? placeOf(network, wanted, zone, tier) : unwrittenPlace(zone, tier)]];
      } catch (error) {
        if (!(error instanceof SubnetLayoutError)) throw error;
        const of = error.tier ?? zone;
        if (!problems.has(of)) problems.set(of, error);
        return [];
      }
    });
    return [tier, new Map(placed)];
  });
  return { subnets: new Map(subnets), problems: [...problems.values()] };
}

function placeOf(
  { vpcCidr, zoneBlocks }: NetworkConfig,
  { prefix, from: range }: { readonly prefix: number; readonly from?: Cidr },
  zone: string,
  tier: SubnetTier,
): Cidr {
  return range === undefined
    ? subnetCidr({ vpcCidr, zoneBlocks }, zone, tier, prefix)
    : ownRangeCidr({ range, zoneBlocks }, zone, tier, prefix);
}

/** The tier whose subnets the control plane's interfaces are in: its own, unless the config shares another's. */
export function controlPlaneTier({ subnets: { controlPlane } }: Pick<NetworkConfig, "subnets">): SubnetTier {
  return controlPlane !== undefined && "in" in controlPlane ? controlPlane.in : "controlPlane";
}

function giversOf(network: NetworkConfig): GivingWay {
  const { subnets, vpcCidr, zoneBlocks } = network;
  const wanted = wantedTiers(network);
  const byPrefix = wanted.flatMap(([tier, of]) =>
    "cidrs" in of || of.from ? [] : [{ tier, prefix: of.prefix }],
  );
  const unwritten = byPrefix.filter(({ tier }) => subnets[tier] === undefined);
  return {
    vpcCidr,
    zoneBlocks,
    unwritten: Object.fromEntries(unwritten.map(({ tier, prefix }) => [tier, prefix])),
    written: Object.values(subnets).flatMap((tier) => ("cidrs" in tier ? Object.values(tier.cidrs) : [])),
    laidOut: byPrefix.map(({ tier }) => tier),
    later: subnetTiers.filter((tier) => !wanted.some(([there]) => there === tier)),
  };
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
    // Whoever made an existing VPC has the subnets of its NAT gateways.
    public:
      subnets.public ??
      (hasNat(egress) && network.existing === undefined
        ? { prefix: defaultPublicPrefix(network) }
        : undefined),
    controlPlane: ownControlPlane(network),
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

function ownControlPlane({ subnets: { controlPlane } }: NetworkConfig): WantedTier | undefined {
  if (controlPlane === undefined) return { prefix: SMALLEST_SUBNET_PREFIX };
  return "in" in controlPlane ? undefined : controlPlane;
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
export function zonesOfTier({ controlPlane, kept }: Zones, tier: SubnetTier): readonly string[] {
  return tier === "controlPlane" ? controlPlane : kept;
}

function only(zones: readonly string[], cidrs: Readonly<Record<string, Cidr>>): Map<string, Cidr> {
  return new Map(zones.flatMap((zone) => (cidrs[zone] === undefined ? [] : [[zone, cidrs[zone]]])));
}
