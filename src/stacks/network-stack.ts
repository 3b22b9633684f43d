import type { Construct } from "constructs";
import { subnetsOf, vpcCidrsOf } from "../config/subnets";
import { formatCidr } from "../ip-capacity/cidr";
import { ipv6SubnetNumber } from "../ip-capacity/subnet-layout";
import { CloudWatchFlowLogs } from "../modules/network/flow-logs";
import { ClusterNetwork, type Tier, type ZoneCidrs } from "../modules/network/cluster-network";
import type { NatPlacement } from "../modules/network/nat-gateways";
import { VpcEndpoints } from "../modules/network/vpc-endpoints";
import { networkContract } from "./contracts";
import { keyOwner } from "./key-owner";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { publish } from "./published-outputs";

const TIERS: readonly Tier[] = ["public", "nodes", "pods", "controlPlane"];

/** VPC, subnets, egress, endpoints and flow logs. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "network", props);
    const { workspace: name, clusterName, region, config } = this.target;
    const { endpoints, flowLogs, ipv6 } = config.network;
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
    if (flowLogs.kind === "cloudwatch") {
      new CloudWatchFlowLogs(this, "flow-logs", {
        name,
        region,
        vpcId: network.vpcId,
        owner: keyOwner(this.target),
        retentionDays: flowLogs.retentionDays,
      });
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
      private_zone_ids: {},
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
