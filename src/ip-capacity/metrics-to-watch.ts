import { type PodDensityMode, podsUseVpcIpv4, usesCilium } from "./pod-density-mode";

export interface WatchedMetric {
  readonly metric: string;
  /** Who publishes it. */
  readonly from: string;
  readonly why: string;
  readonly source: string;
}

const vpcCni = "aws/amazon-vpc-cni-k8s, Prometheus metrics of ipamd (port 61678)";
const ciliumDocs = "cilium/cilium Documentation/observability/metrics.rst, IPAM";

const everywhere: readonly WatchedMetric[] = [
  {
    metric: "AvailableIpAddressCount",
    from: "EC2 DescribeSubnets, for every node and pod subnet",
    why: "the addresses left, prefixes and warm addresses already taken off",
    source: "EC2 API Reference, Subnet",
  },
  {
    metric: "NetworkAddressUsage",
    from: "CloudWatch, AWS/EC2, once a day, for a VPC that has the metric switched on",
    why: "at the VPC's quota nothing with an address can be made any more",
    source: "VPC User Guide, CloudWatch metrics for your VPCs",
  },
];

const vpcCniMetrics: readonly WatchedMetric[] = [
  {
    metric: "awscni_total_ip_addresses - awscni_assigned_ip_addresses",
    from: "VPC CNI on each node",
    why: "the warm pool: near 0, pods wait for EC2; large, addresses lie idle",
    source: vpcCni,
  },
  {
    metric: "awscni_no_available_ip_addresses",
    from: "VPC CNI on each node",
    why: "pods that found no address",
    source: vpcCni,
  },
  {
    metric: "awscni_eni_allocated / awscni_eni_max",
    from: "VPC CNI on each node",
    why: "at 1 the node has no ENI left to attach",
    source: vpcCni,
  },
  {
    metric: "awscni_aws_api_error_count",
    from: "VPC CNI on each node",
    why: "throttling, and InsufficientCidrBlocks where a subnet is broken up",
    source: vpcCni,
  },
];

const ciliumEniMetrics: readonly WatchedMetric[] = [
  {
    metric: "cilium_operator_ipam_available_ips, _used_ips, _needed_ips",
    from: "Cilium operator, for each node",
    why: "needed above available: the node waits for addresses",
    source: ciliumDocs,
  },
  {
    metric: "cilium_operator_ipam_nodes{category}",
    from: "Cilium operator",
    why: "nodes in-deficit or at-capacity",
    source: ciliumDocs,
  },
];

const kubelet: WatchedMetric = {
  metric: 'kube_node_status_allocatable{resource="pods"} against running pods',
  from: "kube-state-metrics",
  why: "nodes that are full by count while CPU is free",
  source: "kube-state-metrics, node metrics",
};

/** What to watch so that addresses do not end by surprise, in a mode. */
export function metricsToWatch(mode: PodDensityMode): readonly WatchedMetric[] {
  const cni = !usesCilium(mode) ? vpcCniMetrics : podsUseVpcIpv4(mode) ? ciliumEniMetrics : [];
  return [...everywhere, ...cni, kubelet];
}
