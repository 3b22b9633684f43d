import type { Tier } from "./tier";
import { Fault } from "../../text/errors";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { VpcModule } from "../registry/vpc";
import { Ipv6Routes } from "./ipv6-routes";
import { NatGateways, type NatPlacement } from "./nat-gateways";
import { retiringTags, type Tags, tierTags } from "./subnet-tags";

const TIERS: readonly Tier[] = ["public", "nodes", "pods", "controlPlane", "firewall", "transitGateway"];

/** CIDR text by zone. */
export type ZoneCidrs = Readonly<Record<string, string>>;

export interface ClusterNetworkProps {
  readonly name: string;
  readonly clusterName: string;
  readonly vpcCidr: string;
  /** Further IPv4 ranges of the VPC. */
  readonly secondaryCidrs?: readonly string[];
  /** For each subnet the number of its /64 in the VPC's /56, 0 to 255. Without it the VPC is IPv4 only. */
  readonly ipv6SubnetNumbers?: (tier: Tier, zone: string) => number;
  readonly subnets: Readonly<Partial<Record<Tier, ZoneCidrs>>>;
  /** Zones whose subnets stay for what still runs there, and that controllers put nothing new in. @default none */
  readonly retiringZones?: readonly string[];
  readonly nat: NatPlacement;
  /**
   * Tiers in which an object of this stack has an interface in every zone. Terraform destroys what left the configuration before
   * it updates what stood on it (hashicorp/terraform, internal/terraform/transform_destroy_edge.go): the subnet of a zone that goes
   * would wait for a firewall that waits for the subnet. @default those of the firewall and of the way out over a transit gateway
   */
  readonly heldTiers?: readonly Tier[];
}

/**
 * VPC, subnets and routes of a cluster.
 *
 * The registry module makes the VPC and takes over its default security group, network ACL and route table. Subnets
 * and routes are resources of their own, keyed by zone: the module counts them by list position, so that taking a zone
 * out of the middle would replace every subnet behind it (docs/adr/0003).
 */
export class ClusterNetwork extends Construct {
  readonly vpcId: string;
  /** Empty without IPv6. */
  readonly vpcIpv6CidrBlocks: string[];
  readonly natPublicIps: string[];
  private readonly secondaryRanges: readonly VpcIpv4CidrBlockAssociation[];
  /** Allocation ids of the NAT gateways' addresses by zone. */
  natAllocationIds: Readonly<Record<string, string>> = {};
  /** NAT gateways by zone. */
  natGatewayIds: Readonly<Record<string, string>> = {};
  /** Network interfaces of the NAT gateways. */
  readonly natInterfaceIds: string[] = [];
  private readonly subnets = new Map<Tier, Map<string, Subnet>>();
  private readonly privateTables = new Map<string, RouteTable>();
  private readonly firewallTables = new Map<string, RouteTable>();
  private readonly controlPlaneTable: RouteTable;
  private publicTable: RouteTable | undefined;

  constructor(scope: Construct, id: string, props: ClusterNetworkProps) {
    super(scope, id);
    const { name, vpcCidr, secondaryCidrs = [], ipv6SubnetNumbers } = props;
    const vpc = new VpcModule(this, "vpc", {
      name,
      cidr: vpcCidr,
      ...(ipv6SubnetNumbers && { enableIpv6: true }),
      enableDnsHostnames: true,
      enableDnsSupport: true,
      enableNetworkAddressUsageMetrics: true,
      manageDefaultSecurityGroup: true,
      defaultSecurityGroupIngress: [],
      defaultSecurityGroupEgress: [],
      defaultSecurityGroupName: `${name}-default-closed`,
    });
    this.vpcId = vpc.vpcIdOutput;
    this.vpcIpv6CidrBlocks = ipv6SubnetNumbers ? [vpc.vpcIpv6CidrBlockOutput] : [];
    // The module counts them by list position, too.
    this.secondaryRanges = secondaryCidrs.map(
      (cidrBlock) =>
        new VpcIpv4CidrBlockAssociation(this, `range-${cidrBlock.replace(/[./]/g, "-")}`, {
          vpcId: this.vpcId,
          cidrBlock,
        }),
    );

    for (const tier of TIERS) this.addSubnets(tier, props);

    this.controlPlaneTable = this.routeTable("control-plane");
    this.associate("controlPlane", () => this.controlPlaneTable);

    for (const zone of this.subnetsOf("nodes").keys())
      this.privateTables.set(zone, this.routeTable("private", zone));
    const privateTable = (zone: string) => this.privateTables.get(zone) ?? this.controlPlaneTable;
    this.associate("nodes", privateTable);
    this.associate("pods", privateTable);

    for (const zone of this.subnetsOf("firewall").keys())
      this.firewallTables.set(zone, this.routeTable("firewall", zone));
    this.associate("firewall", (zone) => this.firewallTables.get(zone) ?? this.controlPlaneTable);
    if (this.subnetsOf("transitGateway").size > 0) {
      const table = this.routeTable("transit-gateway");
      this.associate("transitGateway", () => table);
    }

    this.natPublicIps = this.subnetsOf("public").size > 0 ? this.addInternet(props) : [];
  }

  /**
   * Subnet ids by zone; empty where the tier does not exist.
   *
   * @param zones those of these zones only
   */
  subnetIds(tier: Tier, zones?: readonly string[]): Record<string, string> {
    const there = [...this.subnetsOf(tier)].filter(([zone]) => zones?.includes(zone) ?? true);
    return Object.fromEntries(there.map(([zone, subnet]) => [zone, subnet.id]));
  }

  /** Route tables of nodes and pods by zone. */
  nodeRouteTableIds(): Record<string, string> {
    return Object.fromEntries([...this.privateTables].map(([zone, table]) => [zone, table.id]));
  }

  /** Route table of the public subnets. */
  get publicRouteTableId(): string {
    if (this.publicTable === undefined) throw new Fault("there are no public subnets");
    return this.publicTable.id;
  }

  get controlPlaneRouteTableId(): string {
    return this.controlPlaneTable.id;
  }

  /**
   * Route tables from which nodes, pods, load balancers and the API server answer, by zone and `control-plane`: what is
   * let in from a connected network needs a route in each of them.
   */
  answeringRouteTableIds(): Record<string, string> {
    return { ...this.nodeRouteTableIds(), "control-plane": this.controlPlaneRouteTableId };
  }

  private addSubnets(
    tier: Tier,
    {
      name,
      clusterName,
      subnets,
      ipv6SubnetNumbers,
      retiringZones = [],
      heldTiers = ["firewall", "transitGateway"],
    }: ClusterNetworkProps,
  ): void {
    const byZone = new Map<string, Subnet>();
    const [ipv6CidrBlock] = this.vpcIpv6CidrBlocks;
    for (const [zone, cidrBlock] of Object.entries(subnets[tier] ?? {}).sort()) {
      const tags: Tags = {
        Name: `${name}-${tier}-${zone}`,
        ...(retiringZones.includes(zone) ? retiringTags(tier, clusterName) : tierTags(tier, clusterName)),
      };
      byZone.set(
        zone,
        new Subnet(this, `${tier}-${zone}`, {
          vpcId: this.vpcId,
          availabilityZone: zone,
          cidrBlock,
          mapPublicIpOnLaunch: false,
          ...(ipv6SubnetNumbers &&
            ipv6CidrBlock !== undefined && {
              ipv6CidrBlock: Fn.cidrsubnet(ipv6CidrBlock, 8, ipv6SubnetNumbers(tier, zone)),
              // EKS launches no node into an IPv6 cluster without it (EKS User Guide, "IPv6").
              assignIpv6AddressOnCreation: true,
            }),
          ...(this.secondaryRanges.length > 0 && { dependsOn: [...this.secondaryRanges] }),
          ...(heldTiers.includes(tier) && { lifecycle: { createBeforeDestroy: true } }),
          tags,
        }),
      );
    }
    this.subnets.set(tier, byZone);
  }

  private addInternet({ name, nat, ipv6SubnetNumbers }: ClusterNetworkProps): string[] {
    const gateway = new InternetGateway(this, "internet", { vpcId: this.vpcId, tags: { Name: name } });
    const table = (this.publicTable = this.routeTable("public"));
    new Route(this, "public-internet", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    this.associate("public", () => table);
    if (nat.kind === "none") return [];
    // It would be a way around a firewall, which sees IPv4 only.
    if (ipv6SubnetNumbers && this.firewallTables.size === 0) {
      new Ipv6Routes(this, "ipv6", {
        vpcId: this.vpcId,
        name,
        internetGatewayId: gateway.id,
        publicRouteTableId: table.id,
        privateRouteTableIds: this.nodeRouteTableIds(),
      });
    }

    const gateways = new NatGateways(this, "nat", {
      name,
      placement: nat,
      publicSubnetIds: this.subnetIds("public"),
      internetGateway: gateway,
    });
    // Behind a firewall the NAT gateway takes what the firewall lets pass, and nothing from workloads.
    const [kind, tables] =
      this.firewallTables.size > 0 ? ["firewall", this.firewallTables] : ["private", this.privateTables];
    for (const [zone, routeTable] of tables) {
      new Route(this, `${kind}-nat-${zone}`, {
        routeTableId: routeTable.id,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: gateways.gatewayFor(zone),
      });
    }
    this.natAllocationIds = gateways.allocationIds;
    this.natGatewayIds = gateways.gatewayIds;
    this.natInterfaceIds.push(...gateways.interfaceIds);
    return gateways.publicIps;
  }

  private routeTable(kind: string, zone?: string): RouteTable {
    const id = zone === undefined ? kind : `${kind}-${zone}`;
    return new RouteTable(this, `routes-${id}`, {
      vpcId: this.vpcId,
      tags: { Name: `${this.node.scope?.node.id}-${id}` },
    });
  }

  private associate(tier: Tier, tableOf: (zone: string) => RouteTable): void {
    for (const [zone, subnet] of this.subnetsOf(tier)) {
      new RouteTableAssociation(this, `${tier}-${zone}-routes`, {
        subnetId: subnet.id,
        routeTableId: tableOf(zone).id,
      });
    }
  }

  private subnetsOf(tier: Tier): ReadonlyMap<string, Subnet> {
    return this.subnets.get(tier) ?? new Map<string, Subnet>();
  }
}
