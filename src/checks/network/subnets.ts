import { contains, formatCidr, overlaps } from "../../ip-capacity/cidr";
import {
  LARGEST_SUBNET_PREFIX,
  SMALLEST_SUBNET_PREFIX,
  type SubnetTier,
} from "../../ip-capacity/subnet-layout";
import type { ConfigPath } from "../../config/read/source-node";
import { type ConfiguredTier, type Subnets, zonesOfTier } from "../../model/subnets";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

/** Given subnets: one for each zone, inside the VPC, of a size AWS takes, and apart from each other. */
export const subnetCheck: TargetCheck = (target) => {
  const { network } = target.config;
  const findings = (Object.keys(network.subnets) as ConfiguredTier[]).flatMap((tier) =>
    givenZones(target, tier),
  );
  const misfits = target.subnetProblems.map(({ tier, message }): Finding => {
    const path = tier === undefined ? ["network", "zones"] : ["network", "subnets", tier, "prefix"];
    return { path, message, related: [["network", "vpcCidr"]] };
  });
  const { subnets } = target;
  return [
    ...findings,
    ...misfits,
    ...sharedFindings(target),
    ...outsideOrWrongSize(target, subnets),
    ...subnetOverlaps(target, subnets),
  ];
};

/** The control plane in subnets of another tier: in each of its zones there is one. */
function sharedFindings({ config, zones, subnets }: Target): Finding[] {
  const { controlPlane } = config.network.subnets;
  if (controlPlane === undefined || !("in" in controlPlane)) return [];
  const path: ConfigPath = ["network", "subnets", "controlPlane", "in"];
  const byZone = subnets.get(controlPlane.in);
  if (byZone === undefined)
    return [
      { path, message: "names subnets that this target does not have; write network.subnets.pods, or nodes" },
    ];
  return zones.controlPlane
    .filter((zone) => !byZone.has(zone))
    .map((zone) => ({
      path,
      message: `has no subnet in ${zone}, where the control plane is; add the zone to network.zones, or give the control plane subnets of its own`,
      related: [["network", "controlPlaneZones"]],
    }));
}

function givenZones({ config, zones: all }: Target, tier: ConfiguredTier): Finding[] {
  const configured = config.network.subnets[tier];
  const zones = zonesOfTier(all, tier);
  if (configured === undefined || !("cidrs" in configured)) return [];
  const path: ConfigPath = ["network", "subnets", tier, "cidrs"];
  const missing = zones.filter((zone) => configured.cidrs[zone] === undefined);
  const unknown = Object.keys(configured.cidrs).filter((zone) => !zones.includes(zone));
  return [
    ...missing.map((zone) => ({ path, message: `has no subnet for ${zone}; add ${zone}: <cidr>` })),
    ...unknown.map((zone) => ({
      path: [...path, zone],
      message: `is for a zone that network.${tier === "controlPlane" ? "controlPlaneZones" : "zones"} does not name; add ${zone} there or remove this line`,
    })),
  ];
}

interface PlacedSubnet {
  readonly tier: SubnetTier;
  readonly zone: string;
  readonly cidr: { readonly base: number; readonly prefix: number };
}

function placed(subnets: Subnets): PlacedSubnet[] {
  return [...subnets].flatMap(([tier, byZone]) => [...byZone].map(([zone, cidr]) => ({ tier, zone, cidr })));
}

function pathOf({ config }: Target, { tier, zone }: PlacedSubnet): ConfigPath {
  const configured = config.network.subnets[tier];
  if (configured === undefined) return ["network", "vpcCidr"];
  return ["network", "subnets", tier, ...("cidrs" in configured ? ["cidrs", zone] : ["prefix"])];
}

function outsideOrWrongSize(target: Target, subnets: Subnets): Finding[] {
  const vpcCidrs = target.vpcCidrs;
  return placed(subnets).flatMap((subnet): Finding[] => {
    const { cidr } = subnet;
    const path = pathOf(target, subnet);
    if (!vpcCidrs.some((vpcCidr) => contains(vpcCidr, cidr))) {
      const message = `is outside the VPC's ${vpcCidrs.map(formatCidr).join(", ")}; write a block inside it`;
      return [{ path, message, related: [["network", "vpcCidr"]] }];
    }
    if (cidr.prefix < LARGEST_SUBNET_PREFIX || cidr.prefix > SMALLEST_SUBNET_PREFIX) {
      return [{ path, message: `has a size that AWS rejects; write /16 to /28` }];
    }
    return [];
  });
}

function subnetOverlaps(target: Target, subnets: Subnets): Finding[] {
  const all = placed(subnets);
  return all.flatMap((subnet, index) =>
    all.slice(0, index).flatMap((earlier): Finding[] => {
      if (!overlaps(subnet.cidr, earlier.cidr)) return [];
      const [configured, other] = isGiven(target, subnet) ? [subnet, earlier] : [earlier, subnet];
      return [
        {
          path: pathOf(target, configured),
          value: formatCidr(configured.cidr),
          message: `overlaps ${formatCidr(other.cidr)} (${other.tier} in ${other.zone}); write a block of its own`,
        },
      ];
    }),
  );
}

function isGiven({ config }: Target, { tier }: PlacedSubnet): boolean {
  const configured = config.network.subnets[tier];
  return configured !== undefined && "cidrs" in configured;
}
