import { endOf, type Hop, verdictOf } from "../hop";
import type { Need } from "../needs/need";
import { coreDnsPods, stubQuery } from "../needs/stub-zone-needs";
import { stubZoneFor } from "../needs/stub-zones";
import { parsePrefix } from "../policy/addresses";
import { serviceAt } from "../vpc/local-addresses";
import type { ReachWorld } from "./reach-world";

/**
 * For pods' calls by a name of a stub zone: whether CoreDNS gets to one of its servers. Undefined: it is not of one, or the VPC's
 * resolver answers, as for other names.
 *
 * @param decide the way of a need
 */
export function stubZoneHop(
  world: ReachWorld,
  { from, to }: Need,
  decide: (need: Need) => readonly Hop[],
): Hop | undefined {
  if (to.kind !== "name" || from.kind !== "pods" || from.pods.hostNetwork === true) return undefined;
  const zone = stubZoneFor(to.name, world.stubZones);
  const [coreDns] = coreDnsPods(world);
  if (zone === undefined || coreDns === undefined) return undefined;
  const servers = zone.servers.join(", ");
  const ways = zone.servers.map((server) => ({
    server,
    hops: decide(stubQuery(coreDns, zone, server, "UDP")),
  }));
  const open = ways.filter(({ hops }) => verdictOf(hops) !== "denied");
  if (open.length === 0) {
    const end = endOf(ways[0]?.hops ?? []);
    const says = `${coreDns.name} asks ${servers} for ${to.name}, and ${end?.says ?? "nobody is there"}`;
    return { at: "name resolution", verdict: "denied", by: end?.by ?? [], says };
  }
  if (open.every(({ server }) => isResolver(server, world))) return undefined;
  const says = `${servers} answer for ${to.name}, and its address is not in the stacks`;
  return { at: "name resolution", verdict: "undecided", by: [], says };
}

function isResolver(server: string, { network }: ReachWorld): boolean {
  const prefix = parsePrefix(`${server}/32`);
  return prefix !== undefined && network !== undefined && serviceAt(prefix, network.vpc)?.kind === "resolver";
}
