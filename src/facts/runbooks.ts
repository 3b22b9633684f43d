/** A page of docs/runbooks, and who leads to it besides the cause of `octarine diagnose` that has its name. */
export interface Runbook {
  readonly page: string;
  /** Alerts of Prometheus, and metrics of NAT gateways that have an alarm. */
  readonly alerts?: readonly string[];
  /** Ids of live checks. */
  readonly checks?: readonly string[];
}

/** Pages that alerts and live checks lead to. A cause has a page of its own name, whether it is here or not. */
export const runbooks: readonly Runbook[] = [
  {
    page: "subnet-full",
    alerts: [
      "SubnetAddressesLow",
      "SubnetAddressesEndSoon",
      "NodesWithoutAddresses",
      "NodePodAddressesUsedUp",
    ],
    checks: ["SUBNET-ADDRESSES", "CILIUM-ADDRESSES"],
  },
  { page: "prefixes-fragmented", checks: ["SUBNET-PREFIXES"] },
  { page: "overlay-share-full", alerts: ["NodePodAddressesLow"] },
  { page: "eni-calls", alerts: ["EniCallsFail", "AddressManagerFails"] },
  { page: "coredns-overloaded", alerts: ["CoreDnsSlow", "NodeDnsPacketsDropped"], checks: ["DNS-RUNNING"] },
  { page: "dns-upstream", alerts: ["CoreDnsFails"], checks: ["DNS-EVERY-NODE"] },
  { page: "pods-pending", alerts: ["PodsPending"] },
  { page: "pods-wait", alerts: ["PodsWaitForNetwork"], checks: ["PLATFORM-RUNNING"] },
  { page: "node-connections", alerts: ["NodeConnectionsDropped"] },
  { page: "node-bandwidth", alerts: ["NodePacketsDropped"] },
  { page: "cilium-maps", alerts: ["CiliumMapsFull"] },
  { page: "node-dataplane", alerts: ["CiliumAgentsUnreachable"], checks: ["CILIUM-STATUS"] },
  { page: "cni-not-running", checks: ["CNI-AGENTS"] },
  { page: "node-not-joined", checks: ["NODES-READY"] },
  { page: "karpenter-node-class", checks: ["KARPENTER-READY"] },
  { page: "load-balancer-subnets", checks: ["LB-SUBNETS", "LB-PROVISIONED"] },
  { page: "targets-unhealthy", checks: ["LB-TARGETS"] },
  { page: "webhook-down", checks: ["WEBHOOKS-ANSWERED"] },
  { page: "no-credentials", checks: ["POD-IDENTITY-AGENT", "POD-IDENTITY-ROLES"] },
  { page: "controller-denied", checks: ["PERMISSIONS-THERE"] },
  { page: "istiod-absent", alerts: ["IstiodAbsent"], checks: ["MESH-RUNNING"] },
  { page: "mesh-configuration", alerts: ["ProxiesRefuseConfiguration", "MeshConfigurationSlow"] },
  { page: "mesh-certificates", alerts: ["MeshCertificatesFail", "MeshCaEndsSoon"] },
  {
    page: "mesh-not-federated",
    alerts: ["RemoteClusterUnread", "ClusterMeshPeerUnready"],
    checks: ["MESH-FEDERATED", "MESH-PEERS"],
  },
  { page: "policy-blocks", checks: ["TRAFFIC-AS-PROVED"] },
  { page: "istio-cni", alerts: ["IstioCniNotReady"] },
  { page: "gateway-errors", alerts: ["GatewayErrors"] },
  { page: "sidecar-injection", alerts: ["SidecarInjectionFails"] },
  { page: "nat-gateway", alerts: ["ErrorPortAllocation", "PacketsDropCount"] },
];

/** File of a page, from the root of the repository and of the package. */
export function runbookFile(page: string): string {
  return `docs/runbooks/${page}.md`;
}

/** Where the page of an alert is; undefined for an alert that has none. */
export function runbookOfAlert(alert: string): string | undefined {
  const found = runbooks.find(({ alerts }) => alerts?.includes(alert));
  return found && runbookFile(found.page);
}

/** Where the page of a live check is; undefined for a check that has none. */
export function runbookOfCheck(id: string): string | undefined {
  const found = runbooks.find(({ checks }) => checks?.includes(id));
  return found && runbookFile(found.page);
}
