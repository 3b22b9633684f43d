import type { Construct } from "constructs";
import { ipv6SubnetNumber } from "../ip-capacity/subnet-layout";
import { aclInputOf } from "../config/connected-ranges";
import { subnetsOf, vpcCidrsOf } from "../config/subnets";
import { formatCidr } from "../ip-capacity/cidr";
import { ClusterNetwork, type Tier, type ZoneCidrs } from "../modules/network/cluster-network";
import type { NatPlacement } from "../modules/network/nat-gateways";
import { NetworkAcls, type SubnetAcl } from "../modules/network/network-acls";
import { transitGatewayAttachment } from "../modules/network/transit-gateway-attachment";
import { VpcEndpoints } from "../modules/network/vpc-endpoints";
import { type AclTier, baselineRules } from "../network-acls/baseline";
import { networkContract } from "./contracts";
import { addDns } from "./network-dns";
import { addFlowLogs } from "./network-flow-logs";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { publish } from "./published-outputs";

const TIERS: readonly Tier[] = ["public", "nodes", "pods", "controlPlane"];

/** VPC, subnets, egress, endpoints, network ACLs, flow logs, DNS, and the way to networks on premises. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "network", props);
    const { workspace: name, clusterName, region, config } = this.target;
    const { endpoints, ipv6 } = config.network;
    const vpcCidrBlocks = vpcCidrsOf(config.network).map(formatCidr);
    const [vpcCidr = "", ...secondaryCidrs] = vpcCidrBlocks;

    const network = new ClusterNetwork(this, "network", {
      name,
      clusterName,
      vpcCidr,
      secondaryCidrs,
      ...(ipv6.mode !== "ipv4" && { ipv6SubnetNumbers: ipv6SubnetNumber }),
      subnets: this.subnets(),
      nat: this.nat(),
    });
    const nodeSubnetIds = network.subnetIds("nodes");
    const nodeRouteTableIds = network.nodeRouteTableIds();
    const vpcEndpoints = new VpcEndpoints(this, "endpoints", {
      name,
      region,
      vpcId: network.vpcId,
      vpcCidrBlocks,
      subnetIds: Object.values(nodeSubnetIds),
      routeTableIds: [...Object.values(nodeRouteTableIds), network.controlPlaneRouteTableId],
      set: endpoints.set,
      additional: endpoints.additional,
    });
    this.addNetworkAcls(network);
    addFlowLogs(this, this.target, network);
    const dns = addDns(this, this.target, network);

    const { onPremises } = config.network.connections;
    if (onPremises?.via !== undefined) {
      const attachment = transitGatewayAttachment(this, {
        name,
        vpcId: network.vpcId,
        transitGatewayId: onPremises.via,
        subnetIds: nodeSubnetIds,
      });
      // The control plane's, too: answers to kubectl on premises leave by it.
      const tables = { ...nodeRouteTableIds, "control-plane": network.controlPlaneRouteTableId };
      attachment.addRoutes(tables, onPremises.cidrs.map(formatCidr));
    }

    publish(this, networkContract, {
      vpc_id: network.vpcId,
      vpc_cidr_blocks: vpcCidrBlocks,
      vpc_ipv6_cidr_blocks: network.vpcIpv6CidrBlocks,
      public_subnet_ids: network.subnetIds("public"),
      node_subnet_ids: nodeSubnetIds,
      pod_subnet_ids: network.subnetIds("pods"),
      control_plane_subnet_ids: network.subnetIds("controlPlane"),
      node_route_table_ids: nodeRouteTableIds,
      nat_public_ips: network.natPublicIps,
      endpoint_security_group_id: vpcEndpoints.securityGroupId,
      private_zone_ids: dns.privateZoneIds,
      resolver_inbound_ips: dns.resolverInboundIps,
    });
  }

  private addNetworkAcls(network: ClusterNetwork): void {
    const { networkAcls } = this.target.config.network;
    if (networkAcls.kind === "none") return;
    const input = aclInputOf(this.target, networkAcls, network.vpcIpv6CidrBlocks);
    const acl = (tier: AclTier, ...subnetTiers: readonly Tier[]): SubnetAcl => ({
      rules: baselineRules(tier, input),
      subnetIds: subnetTiers.flatMap((each) => Object.values(network.subnetIds(each))),
    });
    const all = {
      public: acl("public", "public"),
      nodes: acl("nodes", "nodes", "pods"),
      "control-plane": acl("controlPlane", "controlPlane"),
    };
    new NetworkAcls(this, "network-acls", {
      name: this.target.workspace,
      vpcId: network.vpcId,
      acls: Object.fromEntries(Object.entries(all).filter(([, { subnetIds }]) => subnetIds.length > 0)),
    });
  }

  private subnets(): Partial<Record<Tier, ZoneCidrs>> {
    const subnets = subnetsOf(this.target.config.network);
    return Object.fromEntries(
      TIERS.flatMap((tier) => {
        const byZone = subnets.get(tier);
        if (byZone === undefined) return [];
        return [[tier, Object.fromEntries([...byZone].map(([zone, cidr]) => [zone, formatCidr(cidr)]))]];
      }),
    );
  }

  private nat(): NatPlacement {
    const { egress, zones } = this.target.config.network;
    switch (egress.kind) {
      case "nat-per-zone":
        return { kind: "per-zone", ...(egress.elasticIps && { allocationIds: egress.elasticIps }) };
      case "nat-single":
        return { kind: "single", zone: zones.toSorted()[0] ?? "" };
      case "none":
        return { kind: "none" };
    }
  }
}
