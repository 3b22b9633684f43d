import type { Hop } from "../hop";
import { rangeNamed } from "./flows";
import { aclHop, EPHEMERAL } from "./hops";
import type { FlowProtocol, VpcPlace } from "./places";
import { subnetsOf } from "./senders";
import type { VpcWorld } from "./world";

/**
 * What network ACLs of targets say of the clients of a load balancer that keeps their addresses. Its answers go back by the load
 * balancer, whatever the route tables say (Elastic Load Balancing, "Target groups for your Network Load Balancers").
 */
export function clientHops(
  world: VpcWorld,
  to: VpcPlace,
  clients: readonly string[],
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  if (!("subnets" in to)) return [];
  const ranges = clients.flatMap((each) => rangeNamed(each) ?? []);
  return subnetsOf(world, to).flatMap((subnet) =>
    ranges.flatMap((client) => [
      aclHop(
        "network ACL in",
        subnet,
        "ingress",
        client,
        { protocol, ports: { from: port, to: port } },
        world,
      ),
      aclHop("network ACL back", subnet, "egress", client, { protocol, ports: EPHEMERAL }, world),
    ]),
  );
}
