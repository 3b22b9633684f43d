import type { Manifest } from "../manifest";
import { type Alert, rule } from "./alert";
import { type AlertedMesh, meshAlerts } from "./mesh-alerts";

export type AddressSource = "cilium-eni" | "cilium-overlay" | "vpc-cni";

export interface AlertSettings {
  /** Who gives pods their addresses. */
  readonly addresses: AddressSource;
  readonly cilium: boolean;
  /** Free addresses of a subnet below which it is told. */
  readonly subnetAddressesLeft: number;
  /** Left out: there is none. */
  readonly mesh?: AlertedMesh;
}

/** Alerts for what the references name as failures of EKS networks, as PrometheusRules by subject. */
export function alertRules(settings: AlertSettings): Record<string, Manifest> {
  return {
    addresses: rule("addresses", addressAlerts(settings)),
    dns: rule("dns", dnsAlerts),
    pods: rule("pods", podAlerts),
    nodes: rule("node-network", nodeAlerts),
    ...(settings.cilium && { cilium: rule("cilium", ciliumAlerts) }),
    ...(settings.mesh && { mesh: rule("mesh", meshAlerts(settings.mesh)) }),
  };
}

function addressAlerts({ addresses, subnetAddressesLeft }: AlertSettings): readonly Alert[] {
  switch (addresses) {
    case "cilium-eni":
      return ciliumEniAlerts(subnetAddressesLeft);
    case "vpc-cni":
      return vpcCniAlerts;
    case "cilium-overlay":
      return [
        {
          alert: "NodePodAddressesLow",
          // A node's share is fixed with an overlay: a full node takes no pod, whatever the cluster has free.
          expr: 'sum by (node) (cilium_ipam_capacity{family="ipv4"}) - sum by (node) (cilium_ip_addresses{family="ipv4"}) < 10',
          for: "15m",
          severity: "warning",
          summary: "{{ $labels.node }} has fewer than 10 pod addresses left",
          remedy: "More nodes, or a longer share for each (cni.nodeMask, which only new nodes take).",
        },
      ];
  }
}

/** Metrics of Cilium's operator, which counts what EC2 says of each subnet. */
function ciliumEniAlerts(left: number): readonly Alert[] {
  const free = "min by (subnet_id, availability_zone) (cilium_operator_ipam_available_ips_per_subnet)";
  return [
    {
      alert: "SubnetAddressesLow",
      expr: `${free} < ${left}`,
      for: "15m",
      severity: "warning",
      summary: `{{ $labels.subnet_id }} in {{ $labels.availability_zone }} has {{ $value }} addresses left`,
      remedy:
        "npx octarine capacity tells which tier it is and when it is empty; add a subnet or a secondary range.",
    },
    {
      alert: "SubnetAddressesEndSoon",
      expr: `predict_linear(cilium_operator_ipam_available_ips_per_subnet[6h], 86400) < 0`,
      for: "1h",
      severity: "critical",
      summary: "{{ $labels.subnet_id }} has no address left within a day, at the pace of the last six hours",
      remedy: "Add a subnet or a secondary range before new nodes and pods fail.",
    },
    {
      alert: "NodesWithoutAddresses",
      expr: 'cilium_operator_ipam_nodes{category="in-deficit"} > 0',
      for: "10m",
      severity: "critical",
      summary: "{{ $value }} nodes need pod addresses and get none",
      remedy:
        "Pods wait in ContainerCreating: look for errors of EC2 calls, empty subnets and fragmented prefixes.",
    },
    {
      alert: "EniCallsFail",
      // The label holds OK, the status of EC2's answer, or Failed.
      expr: 'sum by (operation, response_code) (rate(cilium_operator_ec2_api_duration_seconds_count{response_code!="OK"}[10m])) > 0',
      for: "15m",
      severity: "critical",
      summary: "EC2 refuses {{ $labels.operation }}: {{ $labels.response_code }}",
      remedy: "403: the operator's role. 400: an empty subnet or a limit of the instance. 503: throttling.",
    },
  ];
}

/** Metrics of ipamd, which knows a node's ENIs and not the subnets they are in. */
const vpcCniAlerts: readonly Alert[] = [
  {
    alert: "NodePodAddressesUsedUp",
    expr: "sum by (node) (increase(awscni_no_available_ip_addresses[10m])) > 0",
    for: "5m",
    severity: "critical",
    summary: "Pods on {{ $labels.node }} asked for an address and there was none",
    remedy:
      "The subnet is empty or fragmented, or the node is at its limit: npx octarine capacity tells which.",
  },
  {
    alert: "EniCallsFail",
    expr: "sum by (node, api, error) (rate(awscni_aws_api_error_count[10m])) > 0",
    for: "15m",
    severity: "critical",
    summary: "EC2 refuses {{ $labels.api }} on {{ $labels.node }}: {{ $labels.error }}",
    remedy:
      "UnauthorizedOperation: the node's or add-on's role. InsufficientFreeAddressesInSubnet: the subnet.",
  },
  {
    alert: "AddressManagerFails",
    expr: "sum by (node, fn) (rate(awscni_ipamd_error_count[10m])) > 0",
    for: "15m",
    severity: "warning",
    summary: "ipamd on {{ $labels.node }} fails in {{ $labels.fn }}",
    remedy: "Read /var/log/aws-routed-eni/ipamd.log on the node.",
  },
];

const dnsAlerts: readonly Alert[] = [
  {
    alert: "CoreDnsSlow",
    expr: "histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[5m]))) > 0.5",
    for: "10m",
    severity: "warning",
    summary: "One DNS answer in a hundred takes {{ $value | humanizeDuration }} or more",
    remedy: "More CoreDNS replicas, the node-local cache, or fewer search domains (ndots) of the callers.",
  },
  {
    alert: "CoreDnsFails",
    expr: 'sum(rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m])) / sum(rate(coredns_dns_responses_total[5m])) > 0.02',
    for: "10m",
    severity: "critical",
    summary: "{{ $value | humanizePercentage }} of DNS answers are SERVFAIL",
    remedy: "The VPC resolver or a forwarded server does not answer: see the linklocal alert and the egress.",
  },
];

const podAlerts: readonly Alert[] = [
  {
    alert: "PodsPending",
    expr: "sum by (namespace) (kube_pod_status_unschedulable) > 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $value }} pods of {{ $labels.namespace }} fit on no node",
    remedy: "Events of the pods say why: limits of the node pools, instance types, zones of volumes, taints.",
  },
  {
    alert: "PodsWaitForNetwork",
    // The kubelet waits for an address from the CNI, a volume or a secret.
    expr: 'sum by (namespace) (kube_pod_container_status_waiting_reason{reason="ContainerCreating"}) > 0',
    for: "15m",
    severity: "warning",
    summary: "{{ $value }} containers of {{ $labels.namespace }} have been starting for a quarter of an hour",
    remedy: "failed to assign an IP address: see the address alerts; FailedMount: volume or secret.",
  },
];

/** Counters of the ENA driver: what EC2 drops above what the instance type may have. */
const nodeAlerts: readonly Alert[] = [
  {
    alert: "NodeDnsPacketsDropped",
    expr: "sum by (instance) (rate(node_ethtool_linklocal_allowance_exceeded[5m])) > 0",
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.instance }} asks the VPC resolver for more than 1024 packets a second per interface",
    remedy: "AWS drops the rest: spread CoreDNS over more nodes, use the node-local cache.",
  },
  {
    alert: "NodeConnectionsDropped",
    expr: "sum by (instance) (rate(node_ethtool_conntrack_allowance_exceeded[5m])) > 0",
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.instance }} has more connections than its instance type tracks",
    remedy: "Larger or more nodes; connection pools in the applications.",
  },
  {
    alert: "NodePacketsDropped",
    expr: 'sum by (instance) (rate({__name__=~"node_ethtool_(bw_in|bw_out|pps)_allowance_exceeded"}[5m])) > 10',
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.instance }} is over its bandwidth or packet rate",
    remedy: "An instance type with more network, or the pods spread over more nodes.",
  },
];

const ciliumAlerts: readonly Alert[] = [
  {
    alert: "CiliumMapsFull",
    expr: "max by (pod, map_name) (cilium_bpf_map_pressure) > 0.9",
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.map_name }} of {{ $labels.pod }} is {{ $value | humanizePercentage }} full",
    remedy: "Full connection tracking or policy maps drop traffic: raise bpf.mapDynamicSizeRatio.",
  },
  {
    alert: "CiliumAgentsUnreachable",
    expr: "max by (pod) (cilium_unreachable_nodes) > 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.pod }} does not reach {{ $value }} nodes",
    remedy: "Security groups between nodes (4240/tcp, the tunnel's port), or a node that is going away.",
  },
];
