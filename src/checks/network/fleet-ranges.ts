import { formatCidr } from "../../ip-capacity/cidr";
import { fleetRanges, type TargetNetwork } from "../../model/fleet-networks";
import type { FleetCheck, TargetFinding } from "../finding";

/** Connected targets share no address that one of them would look for in the other. */
export const fleetRangeCheck: FleetCheck = (fleet) => {
  const byName = new Map(fleet.targets.map((target) => [target.name, target]));
  const finding = (own: TargetNetwork, other: TargetNetwork, links: readonly string[]): TargetFinding[] => {
    const target = byName.get(own.owner);
    if (target === undefined) return [];
    const isPeer = links.some((link) => link.startsWith("peering"));
    const why = isPeer ? "its peer" : `which ${links.join(", ")} reaches too`;
    const message = `overlaps the ${other.label} ${formatCidr(other.cidr)} of ${other.owner}, ${why}; write a free range`;
    return [{ target, finding: { path: own.path, value: formatCidr(own.cidr), message } }];
  };
  return fleetRanges(fleet).conflicts.flatMap(({ a, b, connections }) => [
    ...finding(a, b, connections),
    ...finding(b, a, connections),
  ]);
};
