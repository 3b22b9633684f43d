import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

export interface TransitGatewayAttachmentProps {
  readonly name: string;
  readonly vpcId: string;
  readonly transitGatewayId: string;
  /** Where the gateway has its interfaces, one subnet for each zone: only zones with one are served. */
  readonly subnetIds: Readonly<Record<string, string>>;
}

/**
 * A VPC on a transit gateway. Which other networks it then sees is decided by the gateway's route tables, which belong
 * to the gateway's owner, as does accepting the attachment where the gateway is another account's.
 */
export class TransitGatewayAttachment extends Construct {
  private readonly attachment: Ec2TransitGatewayVpcAttachment;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TransitGatewayAttachmentProps,
  ) {
    super(scope, id);
    const { name, vpcId, transitGatewayId, subnetIds } = props;
    this.attachment = new Ec2TransitGatewayVpcAttachment(this, "attachment", {
      transitGatewayId,
      vpcId,
      subnetIds: Object.keys(subnetIds)
        .sort()
        .flatMap((zone) => subnetIds[zone] ?? []),
      dnsSupport: "enable",
      tags: { Name: name },
    });
  }

  /**
   * Leads ranges to the gateway.
   *
   * @param routeTableIds by a short name that becomes part of addresses, such as the zone
   * @param cidrs IPv4 ranges; `0.0.0.0/0` makes it the way out
   */
  addRoutes(routeTableIds: Readonly<Record<string, string>>, cidrs: readonly string[]): void {
    for (const cidr of [...cidrs].sort()) {
      for (const [table, routeTableId] of Object.entries(routeTableIds).sort()) {
        new Route(this, `${cidr.replace(/[./]/g, "-")}-${table}`, {
          routeTableId,
          destinationCidrBlock: cidr,
          transitGatewayId: this.props.transitGatewayId,
          // AWS takes no route to a gateway that the VPC is not attached to.
          dependsOn: [this.attachment],
        });
      }
    }
  }
}

/**
 * The attachment to a gateway, made when it is first asked for: AWS takes one for each VPC and gateway, and on-premises
 * ranges and the way out may share it.
 */
export function transitGatewayAttachment(
  scope: Construct,
  props: TransitGatewayAttachmentProps,
): TransitGatewayAttachment {
  const existing = scope.node.tryFindChild(props.transitGatewayId);
  if (existing instanceof TransitGatewayAttachment) return existing;
  return new TransitGatewayAttachment(scope, props.transitGatewayId, props);
}
