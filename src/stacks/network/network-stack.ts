import { present } from "../../text/errors";
import type { Construct } from "constructs";
import { prefixReservationsOf } from "../../model/prefix-reservations";
import { aclInputOf } from "../../model/connected-ranges";
import { controlPlaneTier } from "../../model/subnets";
import { zonesWithoutControlPlane } from "../../facts/zones-without-control-plane";
import { formatCidr } from "../../ip-capacity/cidr";
import { ipv6SubnetNumber } from "../../ip-capacity/subnet-layout";
import { ClusterNetwork, type ZoneCidrs } from "../../modules/network/cluster-network";
import {
  ExistingNetwork,
  type ExistingSubnet,
  type NetworkParts,
} from "../../modules/network/existing-network";
import type { Tier } from "../../modules/network/tier";
import { PrefixReservations } from "../../modules/network/prefix-reservations";
import { NetworkAcls, type SubnetAcl } from "../../modules/network/network-acls";
import { VpcEndpoints } from "../../modules/network/vpc-endpoints";
import { ZoneCheck } from "../../modules/network/zone-check";
import { type AclTier, baselineRules } from "../../network-acls/baseline";
import { networkContract } from "./network-contract";
import { addConnectedRoutes } from "./connected-routes";
import { heldTiers } from "./held-tiers";
import { endpointPerimeterOf } from "./endpoint-perimeter-of";
import { addDns } from "./network-dns";
import { addFlowLogs } from "./network-flow-logs";
import { PlatformStack, type PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { refusalsOf } from "../cluster/running-cluster-of";
import { addEgress, egressAddresses, natOf } from "./target-egress";

const TIERS: readonly Tier[] = ["public", "nodes", "pods", "controlPlane", "firewall", "transitGateway"];

/** VPC, subnets, egress, endpoints, network ACLs, flow logs, DNS, and the way to networks on premises. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "network", props);
    const { region, config } = this.target;
    const { egress } = config.network;
    const vpcCidrBlocks = this.target.vpcCidrs.map(formatCidr);
    const subnets = this.subnets();
    const refused = zonesWithoutControlPlane[region];
    this.refuse(...refusalsOf(this, this.target, "network"));
    if (refused !== undefined)
      new ZoneCheck(this, "zone-check", { zones: this.target.zones.controlPlane, refused });

    const network = this.network(subnets);
    const reserved = prefixReservationsOf(this.target);
    if (reserved !== undefined) {
      new PrefixReservations(this, "prefixes", {
        subnetIds: network.subnetIds(reserved.tier),
        cidrs: reserved.cidrs,
      });
    }
    const nodeSubnetIds = network.subnetIds("nodes");
    const nodeRouteTableIds = network.nodeRouteTableIds();
    addEgress(this, { target: this.target, network, subnets, vpcCidrBlocks });
    const vpcEndpoints = this.endpoints(network);
    this.addNetworkAcls(network);
    addFlowLogs(this, this.target, network);
    const dns = addDns(this, this.target, network);

    addConnectedRoutes(this, this.target, network);

    publish(this, networkContract, {
      vpc_id: network.vpcId,
      vpc_cidr_blocks: vpcCidrBlocks,
      vpc_ipv6_cidr_blocks: network.vpcIpv6CidrBlocks,
      public_subnet_ids: network.subnetIds("public"),
      node_subnet_ids: nodeSubnetIds,
      pod_subnet_ids: network.subnetIds("pods"),
      control_plane_subnet_ids: network.subnetIds(
        controlPlaneTier(this.target.config.network),
        this.target.zones.controlPlane,
      ),
      node_route_table_ids: nodeRouteTableIds,
      control_plane_route_table_id: network.controlPlaneRouteTableId,
      nat_public_ips: network.natPublicIps,
      egress_addresses: egressAddresses(egress, network),
      egress_allocation_ids: network.natAllocationIds,
      nat_gateway_ids: network.natGatewayIds,
      endpoint_security_group_id: vpcEndpoints?.securityGroupId,
      private_zone_ids: dns.privateZoneIds,
      resolver_inbound_ips: dns.resolverInboundIps,
    });
  }

  /** The target's own VPC, or one that is there already. */
  private network(subnets: Partial<Record<Tier, ZoneCidrs>>): NetworkParts {
    const { workspace, clusterName, config } = this.target;
    const { ipv6, retiringZones, existing } = config.network;
    const vpcCidrs = this.target.vpcCidrs.map(formatCidr);
    if (existing !== undefined) {
      const found = new ExistingNetwork(this, "network", {
        clusterName,
        vpcId: existing.vpcId,
        vpcCidrs,
        subnets: existingSubnets(existing.subnets, subnets),
        nodeRouteTableIds: existing.routeTables.nodes,
        ...(existing.routeTables.controlPlane !== undefined && {
          controlPlaneRouteTableId: existing.routeTables.controlPlane,
        }),
      });
      this.refuse(...found.freeAddresses(clusterName));
      return found;
    }
    const [vpcCidr, ...secondaryCidrs] = vpcCidrs;
    return new ClusterNetwork(this, "network", {
      name: workspace,
      clusterName,
      vpcCidr: present(vpcCidr, "the range of the VPC"),
      secondaryCidrs,
      ...(ipv6.mode !== "ipv4" && { ipv6SubnetNumbers: ipv6SubnetNumber }),
      subnets,
      retiringZones,
      nat: natOf(this.target),
      heldTiers: heldTiers(this.target),
    });
  }

  /** Undefined where the VPC has them already. */
  private endpoints(network: NetworkParts): VpcEndpoints | undefined {
    const { workspace: name, region, config, zones } = this.target;
    const { endpoints, existing } = config.network;
    if (existing?.vpcEndpoints === "existing") return undefined;
    const endpointSubnetIds = network.subnetIds("nodes", zones.inUse);
    return new VpcEndpoints(this, "endpoints", {
      name,
      region,
      vpcId: network.vpcId,
      vpcCidrBlocks: this.target.vpcCidrs.map(formatCidr),
      subnetIds: Object.values(endpointSubnetIds),
      ...(endpoints.stsAddresses && {
        stsAddresses: Object.entries(endpoints.stsAddresses).map(([zone, address]) => ({
          subnetId: present(endpointSubnetIds[zone], `the node subnet of ${zone}`),
          address,
        })),
      }),
      routeTableIds: [...Object.values(network.nodeRouteTableIds()), network.controlPlaneRouteTableId],
      set: endpoints.set,
      additional: endpoints.additional,
      perimeter: endpointPerimeterOf(this.target),
      noPolicy: endpoints.noPolicy,
    });
  }

  private addNetworkAcls(network: NetworkParts): void {
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
    const subnets = this.target.subnets;
    return Object.fromEntries(
      TIERS.flatMap((tier) => {
        const byZone = subnets.get(tier);
        if (byZone === undefined) return [];
        return [[tier, Object.fromEntries([...byZone].map(([zone, cidr]) => [zone, formatCidr(cidr)]))]];
      }),
    );
  }
}

/** Ids of the config with their ranges. */
function existingSubnets(
  ids: { readonly [tier in Tier]?: Readonly<Record<string, string>> | undefined },
  subnets: Readonly<Partial<Record<Tier, ZoneCidrs>>>,
): ExistingSubnet[] {
  return TIERS.flatMap((tier) =>
    Object.entries(subnets[tier] ?? {}).flatMap(([zone, cidr]): ExistingSubnet[] => {
      const id = ids[tier]?.[zone];
      return id === undefined ? [] : [{ id, tier, zone, cidr }];
    }),
  );
}
