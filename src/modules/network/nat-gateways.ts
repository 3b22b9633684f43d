import { present, Fault } from "../../text/errors";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export type NatPlacement =
  | {
      readonly kind: "per-zone";
      /** Own Elastic IPs by zone. */
      readonly allocationIds?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "single"; readonly zone: string }
  | { readonly kind: "none" };

export interface NatGatewaysProps {
  readonly name: string;
  readonly placement: Exclude<NatPlacement, { kind: "none" }>;
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  readonly internetGateway: ITerraformDependable;
}

/** The way out of private subnets, with addresses that stay. */
export class NatGateways extends Construct {
  /** Addresses that the world sees, for partners' allow-lists. */
  readonly publicIps: string[];
  /** Allocation ids of those addresses by the gateways' zones. */
  readonly allocationIds: Record<string, string> = {};
  /** Their interfaces, for what flow logs record there. */
  readonly interfaceIds: string[];
  /** The gateways by the zone that they are in. */
  readonly gatewayIds: Readonly<Record<string, string>>;
  private readonly byZone = new Map<string, NatGateway>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NatGatewaysProps,
  ) {
    super(scope, id);
    const { placement, publicSubnetIds } = props;
    const zones = placement.kind === "single" ? [placement.zone] : Object.keys(publicSubnetIds).sort();
    for (const zone of zones) this.byZone.set(zone, this.gateway(zone));
    this.gatewayIds = Object.fromEntries(
      [...this.byZone].map(([zone, { id: gatewayId }]) => [zone, gatewayId]),
    );
    this.interfaceIds = [...this.byZone.values()].map(({ networkInterfaceId }) => networkInterfaceId);
    this.publicIps = [...this.byZone.values()].map(({ publicIp }) => publicIp);
  }

  /** The gateway that a zone's private subnets go through. */
  gatewayFor(zone: string): string {
    const { placement } = this.props;
    const gateway = this.byZone.get(placement.kind === "single" ? placement.zone : zone);
    if (gateway === undefined) throw new Fault(`${zone} has no public subnet for its NAT gateway`);
    return gateway.id;
  }

  private gateway(zone: string): NatGateway {
    const { name, placement, publicSubnetIds, internetGateway } = this.props;
    const tags = { Name: `${name}-${zone}` };
    const own = placement.kind === "per-zone" ? placement.allocationIds?.[zone] : undefined;
    const allocationId = own ?? new Eip(this, `address-${zone}`, { domain: "vpc", tags }).allocationId;
    this.allocationIds[zone] = allocationId;
    return new NatGateway(this, zone, {
      allocationId,
      subnetId: present(publicSubnetIds[zone], `the public subnet of ${zone}`),
      // Without a route to the internet the gateway would be created and fail.
      dependsOn: [internetGateway],
      tags,
    });
  }
}
