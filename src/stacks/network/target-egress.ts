import type { Construct } from "constructs";
import type { EgressSettings } from "../../model/settings";
import type { Target } from "../../model/target";
import type { ZoneCidrs } from "../../modules/network/cluster-network";
import type { NetworkParts } from "../../modules/network/existing-network";
import type { Tier } from "../../modules/network/tier";
import { InspectionRoutes } from "../../modules/network/inspection-routes";
import type { NatPlacement } from "../../modules/network/nat-gateways";
import { NetworkFirewall } from "../../modules/network/network-firewall";
import { transitGatewayAttachment } from "../../modules/network/transit-gateway-attachment";
import { present } from "../../text/errors";
import { keyOwner } from "../../wiring/key-owner";

/** NAT gateways that a kind of egress has. */
export function natOf({ config, natZones }: Target): NatPlacement {
  const { egress } = config.network;
  switch (egress.kind) {
    case "nat-per-zone":
    case "firewall":
      return { kind: "per-zone", ...(egress.elasticIps && { allocationIds: egress.elasticIps }) };
    case "nat-single":
      return {
        kind: "single",
        zone: present(natZones[0], "the zone of the NAT gateway"),
      };
    case "transit-gateway":
    case "proxy":
    case "none":
      return { kind: "none" };
  }
}

export interface TargetEgressProps {
  readonly target: Target;
  readonly network: NetworkParts;
  readonly subnets: Readonly<Partial<Record<Tier, ZoneCidrs>>>;
  readonly vpcCidrBlocks: readonly string[];
}

/** What stands between workloads and the internet besides NAT gateways: a firewall, or the way to a central one. */
export function addEgress(scope: Construct, props: TargetEgressProps): void {
  const { target, network } = props;
  const { egress } = target.config.network;
  switch (egress.kind) {
    case "firewall":
      addFirewall(scope, egress, props);
      break;
    case "transit-gateway":
      transitGatewayAttachment(scope, {
        name: target.workspace,
        vpcId: network.vpcId,
        transitGatewayId: egress.transitGatewayId,
        subnetIds: network.subnetIds("transitGateway"),
      }).addRoutes(network.nodeRouteTableIds(), ["0.0.0.0/0"]);
      break;
    case "nat-per-zone":
    case "nat-single":
    case "proxy":
    case "none":
      break;
  }
}

function addFirewall(
  scope: Construct,
  egress: Extract<EgressSettings, { kind: "firewall" }>,
  { target, network, subnets, vpcCidrBlocks }: TargetEgressProps,
): void {
  const publicCidrs = subnets.public ?? {};
  const firewall = new NetworkFirewall(scope, "firewall", {
    name: target.workspace,
    region: target.region,
    vpcId: network.vpcId,
    owner: keyOwner(target),
    subnetIds: network.subnetIds("firewall"),
    vpcCidrBlocks,
    publicCidrBlocks: Object.values(publicCidrs),
    domains: egress.domains,
    logRetentionDays: egress.logRetentionDays,
    deleteProtection: target.config.cluster.deletionProtection ?? target.production,
  });
  const workloadTableIds = network.nodeRouteTableIds();
  new InspectionRoutes(scope, "inspection", {
    endpointId: (zone) => firewall.endpointId(zone),
    workloadTableIds,
    workloadCidrs: Object.fromEntries(
      Object.keys(workloadTableIds).map((zone) => [
        zone,
        [subnets.nodes?.[zone], subnets.pods?.[zone]].filter((cidr) => cidr !== undefined),
      ]),
    ),
    publicTableId: network.publicRouteTableId,
    publicCidrs,
  });
}

/** Addresses under which partners see the target: those of its NAT gateways, or what the owner of the way out told. */
export function egressAddresses(egress: EgressSettings, { natPublicIps }: NetworkParts): string[] {
  return "publicAddresses" in egress ? egress.publicAddresses : natPublicIps;
}
