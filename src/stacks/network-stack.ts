import type { Construct } from "constructs";
import { endpointPolicyOf } from "../config/egress";
import { subnetsOf } from "../config/subnets";
import { partitionOf } from "../facts/regions";
import { formatCidr } from "../ip-capacity/cidr";
import { CloudWatchFlowLogs } from "../modules/network/flow-logs";
import { ClusterNetwork, type Tier, type ZoneCidrs } from "../modules/network/cluster-network";
import type { EndpointPerimeter } from "../modules/network/endpoint-policies";
import { VpcEndpoints } from "../modules/network/vpc-endpoints";
import { networkContract } from "./contracts";
import { keyOwner } from "./key-owner";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { publish } from "./published-outputs";
import { addEgress, egressAddresses, natOf } from "./target-egress";

const TIERS: readonly Tier[] = ["public", "nodes", "pods", "controlPlane", "firewall", "transitGateway"];

/** VPC, subnets, egress, endpoints and flow logs. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "network", props);
    const { workspace: name, clusterName, region, config } = this.target;
    const { vpcCidr, zones, egress, endpoints, flowLogs } = config.network;
    const subnets = this.subnets();

    const network = new ClusterNetwork(this, "network", {
      name,
      clusterName,
      vpcCidr: formatCidr(vpcCidr),
      subnets,
      nat: natOf(egress, zones),
    });
    const nodeSubnetIds = network.subnetIds("nodes");
    const nodeRouteTableIds = network.nodeRouteTableIds();
    const vpcCidrBlocks = [formatCidr(vpcCidr)];
    addEgress(this, { target: this.target, network, subnets, vpcCidrBlocks });
    const vpcEndpoints = new VpcEndpoints(this, "endpoints", {
      name,
      region,
      vpcId: network.vpcId,
      vpcCidrBlocks,
      subnetIds: Object.values(nodeSubnetIds),
      routeTableIds: [...Object.values(nodeRouteTableIds), network.controlPlaneRouteTableId],
      set: endpoints.set,
      additional: endpoints.additional,
      perimeter: this.perimeter(),
      noPolicy: endpoints.noPolicy,
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
      public_subnet_ids: network.subnetIds("public"),
      node_subnet_ids: nodeSubnetIds,
      pod_subnet_ids: network.subnetIds("pods"),
      control_plane_subnet_ids: network.subnetIds("controlPlane"),
      node_route_table_ids: nodeRouteTableIds,
      nat_public_ips: network.natPublicIps,
      egress_addresses: egressAddresses(egress, network),
      egress_allocation_ids: network.natAllocationIds,
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

  private perimeter(): EndpointPerimeter | undefined {
    const { region, config } = this.target;
    const { account, network } = config;
    if (endpointPolicyOf(network) === "full-access") return undefined;
    return {
      accountId: account.id,
      organizationId: account.organizationId,
      partition: partitionOf(region),
      region,
      buckets: network.endpoints.buckets,
    };
  }
}
