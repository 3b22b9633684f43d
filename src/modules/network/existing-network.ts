import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Fault, present } from "../../text/errors";
import type { Refusal } from "../cluster/running-cluster";
import type { ClusterNetwork } from "./cluster-network";
import { type Tags, tierTags } from "./subnet-tags";
import type { Tier } from "./tier";

/** What stacks take of a network, whoever makes it. */
export type NetworkParts = Pick<
  ClusterNetwork,
  | "vpcId"
  | "vpcIpv6CidrBlocks"
  | "natPublicIps"
  | "natAllocationIds"
  | "natGatewayIds"
  | "natInterfaceIds"
  | "subnetIds"
  | "nodeRouteTableIds"
  | "publicRouteTableId"
  | "controlPlaneRouteTableId"
  | "answeringRouteTableIds"
>;

/** A subnet of somebody else's, as the config has it. */
export interface ExistingSubnet {
  readonly id: string;
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
}

export interface ExistingNetworkProps {
  readonly clusterName: string;
  readonly vpcId: string;
  /** IPv4 ranges, the VPC's first one first. */
  readonly vpcCidrs: readonly string[];
  readonly subnets: readonly ExistingSubnet[];
  /** By zone. */
  readonly nodeRouteTableIds: Readonly<Record<string, string>>;
  /** Undefined where the control plane is in the subnets of nodes or pods. */
  readonly controlPlaneRouteTableId?: string;
}

/** Free addresses that a subnet has before there is a cluster: AWS recommends 16 for a control plane's (EKS User Guide, networking requirements). */
const LEAST_FREE = 16;

/**
 * A VPC of somebody else's. Nothing of it is made or changed; a plan looks it up, and stops where it is not what the config says:
 * every address of the platform's policies and proofs is computed from the config.
 */
export class ExistingNetwork extends Construct implements NetworkParts {
  readonly vpcId: string;
  readonly vpcIpv6CidrBlocks: string[] = [];
  readonly natPublicIps: string[] = [];
  readonly natAllocationIds = {};
  readonly natGatewayIds = {};
  readonly natInterfaceIds: string[] = [];
  readonly controlPlaneRouteTableId: string;
  private readonly found = new Map<string, DataAwsSubnet>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExistingNetworkProps,
  ) {
    super(scope, id);
    const { vpcId, vpcCidrs, subnets } = props;
    this.vpcId = vpcId;
    const [shared] = Object.values(props.nodeRouteTableIds);
    this.controlPlaneRouteTableId = present(
      props.controlPlaneRouteTableId ?? shared,
      "a route table of the control plane's subnets",
    );
    const [given, ...secondary] = vpcCidrs;
    const first = present(given, "the first range of the VPC");
    const ranges = "self.cidr_block_associations[*].cidr_block";
    new DataAwsVpc(this, "vpc", {
      id: vpcId,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.cidr_block == "${first}"}`,
            errorMessage: `The first range of ${vpcId} is \${self.cidr_block}, and network.vpcCidr says ${first}; write the VPC's.`,
          },
          ...secondary.map((cidr) => ({
            condition: `\${contains(${ranges}, "${cidr}")}`,
            errorMessage: `${vpcId} has no range ${cidr}, which network.secondaryCidrs names; it has \${join(", ", ${ranges})}.`,
          })),
          {
            condition: "${self.enable_dns_support && self.enable_dns_hostnames}",
            errorMessage: `${vpcId} has DNS support or DNS host names off, and names of endpoints, private zones and the private API server need both; turn on both in the VPC (enableDnsSupport, enableDnsHostnames).`,
          },
        ],
      },
    });
    for (const subnet of subnets) this.look(subnet);
    this.record();
  }

  /** What a plan refuses before there is a cluster; afterwards pods and nodes take addresses. */
  freeAddresses(clusterName: string): Refusal[] {
    const clusters = "data.aws_eks_clusters.running-cluster_all.names";
    return this.props.subnets.map(({ id, tier, zone }) => ({
      condition: `\${contains(${clusters}, "${clusterName}") || ${this.dataOf(id).fqn}.available_ip_address_count >= ${LEAST_FREE}}`,
      errorMessage: `${id} (${tier} in ${zone}) has \${${this.dataOf(id).fqn}.available_ip_address_count} free addresses, and at least ${LEAST_FREE} are needed; free some, or name another subnet in network.existing.`,
    }));
  }

  subnetIds(tier: Tier, zones?: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      this.props.subnets
        .filter((each) => each.tier === tier && (zones?.includes(each.zone) ?? true))
        .map(({ zone, id }) => [zone, id]),
    );
  }

  nodeRouteTableIds(): Record<string, string> {
    return { ...this.props.nodeRouteTableIds };
  }

  /** Only a firewall's routes go into it, and that is refused for a VPC of somebody else's. */
  get publicRouteTableId(): string {
    throw new Fault("the public route table of an existing VPC is somebody else's");
  }

  /** Two zones may share a table, and a route is in a table once. */
  answeringRouteTableIds(): Record<string, string> {
    const all = Object.entries({
      ...this.props.nodeRouteTableIds,
      "control-plane": this.controlPlaneRouteTableId,
    });
    return Object.fromEntries(
      all.filter(([, id], index) => all.findIndex((other) => other[1] === id) === index),
    );
  }

  private dataOf(id: string): DataAwsSubnet {
    const found = this.found.get(id);
    if (found === undefined) throw new Fault(`${id} is not looked up`);
    return found;
  }

  private look({ id, tier, zone, cidr }: ExistingSubnet): void {
    const at = `network.existing.subnets.${tier}.${zone}`;
    const { vpcId } = this.props;
    this.found.set(
      id,
      new DataAwsSubnet(this, `${tier}-${zone}`, {
        id,
        lifecycle: {
          postcondition: [
            {
              condition: `\${self.vpc_id == "${vpcId}"}`,
              errorMessage: `${id} (${at}) is in \${self.vpc_id}, and network.existing.vpcId says ${vpcId}.`,
            },
            {
              condition: `\${self.cidr_block == "${cidr}"}`,
              errorMessage: `${id} (${at}) has \${self.cidr_block}, and network.subnets.${tier}.cidrs says ${cidr}; write the subnet's.`,
            },
            {
              condition: `\${self.availability_zone == "${zone}"}`,
              errorMessage: `${id} (${at}) is in \${self.availability_zone}; write its id below its zone.`,
            },
            ...Object.entries(this.neededTags(tier)).map(([key, value]) => ({
              condition: `\${lookup(self.tags, "${key}", "") == "${value}"}`,
              errorMessage: `${id} (${at}) has no tag ${key} = ${value}, by which controllers find subnets; its owner adds it: aws ec2 create-tags --resources ${id} --tags Key=${key},Value=${value}`,
            })),
          ],
        },
      }),
    );
  }

  /** Those by which controllers find subnets; which cluster shares them is said by the owner's own tags. */
  private neededTags(tier: Tier): Tags {
    const tags = Object.entries(tierTags(tier, this.props.clusterName));
    return Object.fromEntries(tags.filter(([key]) => !key.startsWith("kubernetes.io/cluster/")));
  }

  /** What the config says of the network, for the proofs: the data sources themselves name ids alone. */
  private record(): void {
    const { vpcId, vpcCidrs, subnets, nodeRouteTableIds, controlPlaneRouteTableId } = this.props;
    // Of public subnets nobody says it: no route of the platform's goes into theirs.
    const tableOf = ({ tier, zone }: ExistingSubnet) => {
      if (tier === "public") return "";
      return tier === "controlPlane"
        ? present(controlPlaneRouteTableId, "the route table of the control plane")
        : present(nodeRouteTableIds[zone], `the route table of ${zone}`);
    };
    const record = new TerraformResource(this, "record", { terraformResourceType: "terraform_data" });
    record.addOverride("input", {
      existing_network: {
        vpc_id: vpcId,
        ranges: [...vpcCidrs],
        subnets: subnets.map((each) => ({
          id: each.id,
          tier: each.tier,
          zone: each.zone,
          cidr: each.cidr,
          route_table_id: tableOf(each),
          tags: this.neededTags(each.tier),
        })),
      },
    });
  }
}
