import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

export interface PeeringRoutesProps {
  /** A VPC peering that is there already. */
  readonly connectionId: string;
  /** By a short name that becomes part of addresses, such as the zone. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  readonly cidrs: readonly string[];
}

/** Routes to what is behind a VPC peering that somebody else made. */
export function peeringRoutes(
  scope: Construct,
  { connectionId, routeTableIds, cidrs }: PeeringRoutesProps,
): void {
  const routes = new Construct(scope, connectionId);
  for (const cidr of [...cidrs].sort()) {
    for (const [table, routeTableId] of Object.entries(routeTableIds).sort()) {
      new Route(routes, `${cidr.replace(/[./]/g, "-")}-${table}`, {
        routeTableId,
        destinationCidrBlock: cidr,
        vpcPeeringConnectionId: connectionId,
      });
    }
  }
}
