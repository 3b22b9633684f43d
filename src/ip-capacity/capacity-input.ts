import type { Allowance } from "./allowance";
import type { Cidr } from "./cidr";
import type { PodDensityOptions } from "./pod-density";
import type { PodDensityMode } from "./pod-density-mode";
import type { QuotaValues } from "./quotas";
import type { SubnetSources } from "./subnet-place";
import type { WarmPoolSettings } from "./warm-pool";

export interface CapacityZone {
  /** For example `us-east-1a`. */
  readonly zone: string;
  readonly nodeSubnet: Cidr;
  /** Where pods have a subnet of their own. */
  readonly podSubnet?: Cidr;
  /** Internet-facing load balancers and NAT gateways. */
  readonly publicSubnet?: Cidr;
  /** NAT gateways in the public subnet, one address each. Default 0. */
  readonly natGateways?: number;
}

/** A managed node group. */
export interface CapacityGroup {
  readonly name: string;
  readonly instanceTypes: readonly string[];
  readonly desiredSize: number;
  readonly maxSize: number;
  readonly capacity?: readonly CapacityType[];
  /** What kubelet is told, if anything; `ami-default`: nothing, so that it keeps what the EKS AMI computes. */
  readonly maxPods?: number | "ami-default";
  /** Only in these zones. Default: all. */
  readonly zones?: readonly string[];
  /** Nodes that an update starts before it stops old ones (see `managed-group-surge.ts`). */
  readonly surgeNodes?: number;
}

/** A Karpenter NodePool. */
export interface CapacityPool {
  readonly name: string;
  /** The types it may launch, or a fair choice of them. */
  readonly instanceTypes: readonly string[];
  /** `limits.cpu`; without it the pool has no end and no need can be computed from it. */
  readonly cpuLimit?: number;
  readonly capacity?: readonly CapacityType[];
  readonly maxPods?: number;
  /** Karpenter computes each type's figure, without EKS's recommended maximum. Default false. */
  readonly karpentersFigure?: boolean;
  /** Only in these zones. Default: all. */
  readonly zones?: readonly string[];
}

export type CapacityType = "on-demand" | "spot";

/** What else of the network counts against quotas. Figures left out are not checked. */
export interface CapacityNetwork {
  readonly natGatewaysPerZone?: number;
  /** Elastic IPs of the whole target, its own and those it makes. */
  readonly elasticIps?: number;
  /** Load balancers, interface endpoints and others with an ENI in each zone. */
  readonly otherEnisPerZone?: number;
  readonly routesPerTable?: number;
  readonly securityGroupRules?: number;
  readonly cidrBlocks?: number;
  readonly subnets?: number;
}

/** Everything the report is computed from: plain data of one target. */
export interface CapacityInput {
  /** For example `prod/us-east-1`. */
  readonly target: string;
  readonly mode: PodDensityMode;
  readonly density?: PodDensityOptions;
  /** At least one. */
  readonly zones: readonly CapacityZone[];
  readonly groups: readonly CapacityGroup[];
  readonly pools: readonly CapacityPool[];
  /** Nodes in each zone; default from groups and pools. */
  readonly nodesPerZone?: number;
  /** Pods with an address on each node; default what kubelet takes, less those on the host network. */
  readonly podsPerNode?: number;
  /** Default: what an update of the node groups starts, where they say it. */
  readonly surge?: Allowance;
  /** Default, if `nodesPerZone` is left out too: what groups and pools can add to the steady nodes. */
  readonly burst?: Allowance;
  /** Whatever else has addresses in a zone's node subnet. */
  readonly infrastructureAddresses?: number;
  /** Interface endpoints, one address each in every zone's node subnet. */
  readonly interfaceEndpoints?: number;
  /** Internal load balancers, in the node subnets. */
  readonly loadBalancers?: number;
  /** Internet-facing load balancers, in the public subnets. */
  readonly publicLoadBalancers?: number;
  readonly addressesPerLoadBalancer?: number;
  /** Room to keep for growth, in percent of the need. */
  readonly growthPercent?: number;
  /** Growth of the use each month, for the days to exhaustion. Without it the report gives none. */
  readonly monthlyGrowthPercent?: number;
  /** Zones to survive the loss of. Default 0. */
  readonly zonesLost?: number;
  /** Settings of the VPC CNI; its defaults if left out. */
  readonly warmPool?: WarmPoolSettings;
  /**
   * Whether what the CNI holds beyond its pods counts as need. `shown`, the default, keeps to the plain formula and
   * warns; the rest of a node's last prefix counts in either case, because no other node can have it.
   */
  readonly heldAddresses?: "counted" | "shown";
  /**
   * Whether subnet CIDR reservations of type prefix keep prefixes and single addresses apart: as many blocks as are
   * needed, or so many in each zone. Default false.
   */
  readonly prefixReservations?: boolean | number;
  /** Left out: subnets can have any size. */
  readonly subnetSources?: SubnetSources;
  readonly network?: CapacityNetwork;
  readonly quotas?: QuotaValues;
  /** What the caller took where nothing was given, for the report. */
  readonly assumptions?: readonly string[];
}
