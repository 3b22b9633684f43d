import type { ConfigPath } from "../../config/read/source-node";
import type { ExistingNetworkConfig } from "../../config/schema/network/existing";
import { type ConfiguredTier, zonesOfTier } from "../../model/subnets";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

const AT = ["network", "existing"] as const;
const TIERS = ["public", "nodes", "pods", "controlPlane"] as const;

/** A VPC of somebody else's: every subnet has an id and a range, and nothing is asked for that only its owner can make. */
export const existingNetworkCheck: TargetCheck = (target) => {
  const { existing } = target.config.network;
  if (existing === undefined) return [];
  return [
    ...TIERS.flatMap((tier) => tierFindings(target, existing, tier)),
    ...twiceFindings(existing),
    ...tableFindings(target, existing),
    ...ownersFindings(target),
  ];
};

function tierFindings(
  { config, zones: all }: Target,
  existing: ExistingNetworkConfig,
  tier: ConfiguredTier & keyof ExistingNetworkConfig["subnets"],
): Finding[] {
  const ids = existing.subnets[tier];
  const ranges = config.network.subnets[tier];
  const path: ConfigPath = ["network", "subnets", tier];
  if (ranges !== undefined && "in" in ranges) {
    const message = `is not used: the control plane's interfaces are in the subnets of ${ranges.in}; remove it, or write network.subnets.controlPlane: { cidrs: { <zone>: <range> } }`;
    return ids === undefined ? [] : [{ path: [...AT, "subnets", tier], message, related: [path] }];
  }
  if (ids === undefined && tier === "controlPlane" && ranges === undefined) {
    const message = `is required: write controlPlane: { <zone>: subnet-... }, or network.subnets.controlPlane: { in: nodes, reason } where it has none of its own`;
    return [{ path: [...AT, "subnets"], message }];
  }
  if (ids === undefined) {
    const message = `has ranges, and network.existing.subnets has no ids for it; add ${tier}: { <zone>: subnet-... } there, or remove this`;
    return ranges === undefined ? [] : [{ path, message, related: [[...AT]] }];
  }
  if (ranges === undefined || !("cidrs" in ranges)) {
    const message = `is laid out by prefix, and subnets of an existing VPC have the ranges that they have; write ${tier}: { cidrs: { <zone>: <range> } }`;
    return [{ path, message, related: [[...AT]] }];
  }
  const zones = zonesOfTier(all, tier);
  const at: ConfigPath = [...AT, "subnets", tier];
  return [
    ...zones
      .filter((zone) => ids[zone] === undefined)
      .map((zone) => ({ path: at, message: `has no subnet for ${zone}; add ${zone}: <subnet's id>` })),
    ...Object.keys(ids)
      .filter((zone) => !zones.includes(zone))
      .map((zone) => ({
        path: [...at, zone],
        message: `is for a zone that network.${tier === "controlPlane" ? "controlPlaneZones" : "zones"} does not name; add ${zone} there or remove this line`,
      })),
  ];
}

function twiceFindings({ subnets }: ExistingNetworkConfig): Finding[] {
  const all = TIERS.flatMap((tier) =>
    Object.entries(subnets[tier] ?? {}).map(([zone, id]) => ({ path: [...AT, "subnets", tier, zone], id })),
  );
  return all.flatMap(({ path, id }, index): Finding[] => {
    const first = all.findIndex((each) => each.id === id);
    if (first === index) return [];
    const message = `is ${(all[first]?.path ?? []).slice(3).join(" in ")}, too; write a subnet of its own: each tier has its tags and room`;
    return [{ path, message }];
  });
}

function tableFindings({ zones }: Target, { subnets, routeTables }: ExistingNetworkConfig): Finding[] {
  const path: ConfigPath = [...AT, "routeTables", "nodes"];
  const own: ConfigPath = [...AT, "routeTables"];
  return [
    ...(subnets.controlPlane !== undefined && routeTables.controlPlane === undefined
      ? [{ path: own, message: "has none for the control plane; write controlPlane: <route table's id>" }]
      : []),
    ...(subnets.controlPlane === undefined && routeTables.controlPlane !== undefined
      ? [
          {
            path: [...own, "controlPlane"],
            message: "has no effect where the control plane has no subnets of its own; remove it",
          },
        ]
      : []),
    ...zones.kept
      .filter((zone) => routeTables.nodes[zone] === undefined)
      .map((zone) => ({ path, message: `has no route table for ${zone}; add ${zone}: <route table's id>` })),
    ...Object.keys(routeTables.nodes)
      .filter((zone) => !zones.kept.includes(zone))
      .map((zone) => ({
        path: [...path, zone],
        message: `is for a zone that network.zones does not name; add ${zone} there or remove this line`,
      })),
  ];
}

/** What only the owner of the VPC makes. */
function ownersFindings({ config: { network } }: Target): Finding[] {
  const { egress, networkAcls, ipv6 } = network;
  const related: ConfigPath[] = [[...AT]];
  return [
    ...(egress.kind === "firewall" || egress.kind === "transit-gateway"
      ? [
          {
            path: ["network", "egress", "kind"],
            message:
              "would put routes and subnets of its own into a VPC of somebody else's; write nat-per-zone where the VPC's own routes lead out, proxy or none",
            related,
          },
        ]
      : []),
    ...("elasticIps" in egress && egress.elasticIps !== undefined
      ? [
          {
            path: ["network", "egress", "elasticIps"],
            message: "has no effect on an existing VPC, whose NAT gateways are made already; remove it",
            related,
          },
        ]
      : []),
    ...(networkAcls.kind === "none"
      ? []
      : [
          {
            path: ["network", "networkAcls"],
            message:
              "would take the subnets of an existing VPC out of the ACLs that its owner gave them; write networkAcls: { kind: none, reason }",
            related,
          },
        ]),
    ...(ipv6.mode === "ipv4"
      ? []
      : [
          {
            path: ["network", "ipv6", "mode"],
            message:
              "takes the IPv6 ranges of a VPC and its subnets, which are not known of an existing one; write ipv4, or let the platform make the VPC",
            related,
          },
        ]),
  ];
}
