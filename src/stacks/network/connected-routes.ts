import type { Construct } from "constructs";
import type { Target } from "../../model/target";
import { formatCidr } from "../../ip-capacity/cidr";
import type { NetworkParts } from "../../modules/network/existing-network";
import { peeringRoutes } from "../../modules/network/peering-routes";
import { transitGatewayAttachment } from "../../modules/network/transit-gateway-attachment";

/** Routes to the networks that a target is connected with, from everywhere that answers them. */
export function addConnectedRoutes(scope: Construct, target: Target, network: NetworkParts): void {
  const tables = network.answeringRouteTableIds();
  for (const { via, ranges } of target.routedRanges) {
    const cidrs = ranges.map(formatCidr);
    if (via.kind === "elsewhere" || via.kind === "federation") continue;
    if (via.kind === "peering") {
      peeringRoutes(scope, { connectionId: via.id, routeTableIds: tables, cidrs });
      continue;
    }
    transitGatewayAttachment(scope, {
      name: target.workspace,
      vpcId: network.vpcId,
      transitGatewayId: via.id,
      subnetIds: network.subnetIds("nodes"),
    }).addRoutes(tables, cidrs);
  }
}
