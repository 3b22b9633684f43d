import type { Assumptions } from "./assumptions";
import type { CostRange } from "./cost-range";
import type { GivenPrices } from "./prices";

/** Nodes of one node group. */
export interface CostNodes {
  readonly name: string;
  /** In the order of preference: the first is what is expected, the cheapest and the dearest are the range's ends. */
  readonly instanceTypes: readonly string[];
  readonly size: CostRange;
  readonly capacity: "on-demand" | "spot";
  /** All volumes of a node, in GiB. */
  readonly volumesGiB: number;
}

/** What a Karpenter pool may launch: anything from nothing up to its limit. */
export interface CostPool {
  readonly name: string;
  readonly instanceTypes: readonly string[];
  /** vCPUs, `limits.cpus`; left out, the pool has no limit. */
  readonly cpuLimit?: number;
  readonly capacity: readonly ("on-demand" | "spot")[];
}

/** What a target has that costs money, as plain data. */
export interface CostInput {
  readonly target: string;
  readonly region: string;
  readonly zones: number;
  readonly support: "standard" | "extended";
  readonly nodes: readonly CostNodes[];
  readonly pools: readonly CostPool[];
  readonly natGateways: number;
  /** Services with an interface endpoint, each in every zone. */
  readonly interfaceEndpoints: number;
  readonly firewallEndpoints: number;
  readonly transitGatewayAttachments: number;
  /** Network interfaces of Route 53 Resolver endpoints. */
  readonly resolverInterfaces: number;
  /** Peers in other regions. */
  readonly remotePeers: number;
  readonly loadBalancers: { readonly internal: number; readonly public: number };
  readonly flowLogs: "cloudwatch" | "s3" | "none";
  readonly given: GivenPrices;
  readonly assumptions: Assumptions;
  /** Remarks on what the figures rest on, besides the assumptions. */
  readonly notes: readonly string[];
}
