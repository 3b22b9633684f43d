import { contains, formatCidr, overlaps } from "../../ip-capacity/cidr";
import {
  LARGEST_SUBNET_PREFIX,
  SMALLEST_SUBNET_PREFIX,
  type SubnetTier,
} from "../../ip-capacity/subnet-layout";
import { ecrRegistry } from "../../model/image-registries";
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
    ...outsideOrWrongSize(target, subnets),
    ...subnetOverlaps(target, subnets),
  ];
};

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

/** A mirror that nodes without any way out can't reach: endpoints lead to ECR of their own region only. */
function unreachableMirror({ config, region }: Target): Finding[] {
  const { images, network } = config;
  if (network.egress.kind !== "none" || images === undefined) return [];
  const ecr = ecrRegistry(images.mirror);
  const path: ConfigPath = ["images", "mirror"];
  const related: ConfigPath[] = [["network", "egress", "kind"]];
  if (ecr !== undefined) {
    if (ecr.region === region) return [];
    const message = `is in ${ecr.region}, and without egress nodes reach ECR of ${region} only; write ${images.mirror.replace(ecr.region, region)}, and let ECR replicate to it`;
    return [{ path, message, related }];
  }
  const { connections } = network;
  if (connections.onPremises !== undefined || connections.peers.length > 0) return [];
  return [
    {
      path,
      message: `can't be reached without egress; write a registry in ECR of ${region}, or connect its network by network.connections`,
      related,
    },
  ];
}

export const egressCheck: TargetCheck = (target) => {
  const { config, production } = target;
  const { egress, endpoints, subnets } = config.network;
  const findings: Finding[] = unreachableMirror(target);
  if (egress.kind === "none" && config.images === undefined) {
    findings.push({
      path: ["network", "egress", "kind"],
      message:
        "leaves no way to any image registry; write images.mirror: <registry in this region>, or a NAT kind",
      related: [["images"]],
    });
  }
  if (egress.kind === "none" && endpoints.set !== "isolated") {
    findings.push({
      path: ["network", "endpoints", "set"],
      message: "does not reach all of AWS without egress; write network.endpoints.set: isolated",
      related: [["network", "egress", "kind"]],
    });
  }
  if (egress.kind === "nat-single" && production && egress.reason === undefined) {
    findings.push({
      path: ["network", "egress", "kind"],
      message:
        "makes every zone of a production target depend on one; write nat-per-zone, or a reason: beside it",
    });
  }
  if (egress.kind === "none" && subnets.public !== undefined) {
    findings.push({
      path: ["network", "subnets", "public"],
      message: "can't be public without egress; remove it, or write a NAT kind in network.egress",
      related: [["network", "egress", "kind"]],
    });
  }
  return findings;
};
