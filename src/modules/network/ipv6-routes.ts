import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

export interface Ipv6RoutesProps {
  readonly name: string;
  readonly vpcId: string;
  readonly internetGatewayId: string;
  readonly publicRouteTableId: string;
  /** Route tables of nodes and pods by zone. */
  readonly privateRouteTableIds: Readonly<Record<string, string>>;
}

const EVERYWHERE = "::/0";

/**
 * The way out by IPv6. IPv6 has no NAT: what a NAT gateway keeps out, an egress-only gateway does, for all zones at
 * once. Only for networks whose IPv4 leaves by NAT; a firewall's or proxy's would otherwise have a way around it.
 */
export class Ipv6Routes extends Construct {
  constructor(scope: Construct, id: string, props: Ipv6RoutesProps) {
    super(scope, id);
    new Route(this, "public", {
      routeTableId: props.publicRouteTableId,
      destinationIpv6CidrBlock: EVERYWHERE,
      gatewayId: props.internetGatewayId,
    });
    const gateway = new EgressOnlyInternetGateway(this, "egress-only", {
      vpcId: props.vpcId,
      tags: { Name: props.name },
    });
    for (const [zone, routeTableId] of Object.entries(props.privateRouteTableIds)) {
      new Route(this, `private-${zone}`, {
        routeTableId,
        destinationIpv6CidrBlock: EVERYWHERE,
        egressOnlyGatewayId: gateway.id,
      });
    }
  }
}
