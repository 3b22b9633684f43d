import type { Hop } from "../hop";
import { aclHop, EPHEMERAL } from "./hops";
import type { Journey, Way } from "./journey";
import type { Subnet } from "./network";
import type { VpcWorld } from "./world";

/** What the network ACLs at every edge on the way say, in both directions. */
export function aclHops(
  way: Way,
  { source, destination, protocol, port }: Journey,
  to: Subnet | undefined,
  world: VpcWorld,
): Hop[] {
  const request = { protocol, ports: { from: port, to: port } };
  const answer = { protocol, ports: EPHEMERAL };
  const last = to !== undefined && way.subnets.at(-1)?.key !== to.key ? [to] : [];
  const chain = [...way.subnets, ...last];
  const leaves = (subnet: Subnet) => [
    aclHop("network ACL out", subnet, "egress", destination, request, world),
    aclHop("network ACL back", subnet, "ingress", destination, answer, world),
  ];
  const enters = (subnet: Subnet) => [
    aclHop("network ACL in", subnet, "ingress", source, request, world),
    aclHop("network ACL back", subnet, "egress", source, answer, world),
  ];
  const byGateway = way.exit?.kind === "transit gateway" && way.subnets.length > 1;
  const crossings = chain.slice(1).flatMap((subnet, index) => {
    const before = chain[index];
    if (before === undefined) return [];
    // Into a transit gateway a packet passes the edge of its interface's subnet, and none behind that.
    return [...(byGateway && index === way.subnets.length - 1 ? [] : leaves(before)), ...enters(subnet)];
  });
  const end = chain.at(-1);
  const goesOn = way.exit !== undefined && way.exit.kind !== "local" && to === undefined;
  return goesOn && end !== undefined && !byGateway ? [...crossings, ...leaves(end)] : crossings;
}
