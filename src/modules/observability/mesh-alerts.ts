import type { Alert } from "./alert";

export type AlertedMesh = "istio" | "istio-ambient" | "cilium";

/**
 * Alerts of the mesh. Names of metrics are those of istiod, its CNI agent and gateways (istio/istio, pilot/pkg, security/pkg, cni/pkg,
 * 1.27.9 and 1.29.6, which write no suffix of counters), and of Cilium's agents (Documentation/observability/metrics.rst).
 */
export function meshAlerts(mesh: AlertedMesh): readonly Alert[] {
  if (mesh === "cilium") return clusterMeshAlerts;
  return [...istioAlerts, ...(mesh === "istio" ? sidecarAlerts : [])];
}

/** Answers that gateways get, by the jobs of mesh-monitors.ts: a PodMonitor's namespace and name. Sidecars may be read, too. */
const gatewayRequests = (more: string): string =>
  `sum by (source_workload, destination_service) (rate(istio_requests_total{job=~".*/istio(-api)?-gateways", reporter="source"${more}}[5m]))`;

const istioAlerts: readonly Alert[] = [
  {
    alert: "IstiodAbsent",
    expr: "absent(istiod_uptime_seconds)",
    for: "5m",
    severity: "critical",
    summary: "No istiod is there: proxies keep what they know, new pods and certificates wait",
    remedy: "Look at the pods of istio-system and at what keeps them off nodes; certificates last for a day.",
  },
  {
    alert: "ProxiesRefuseConfiguration",
    expr: "sum by (type) (increase(pilot_total_xds_rejects[10m])) > 0",
    for: "10m",
    severity: "critical",
    summary: "Proxies refuse {{ $labels.type }} of istiod and keep what they had",
    remedy:
      "istioctl proxy-status names the proxies, istioctl analyze the object; the last change is the first suspect.",
  },
  {
    alert: "MeshConfigurationSlow",
    expr: "histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket[10m]))) > 30",
    for: "15m",
    severity: "warning",
    summary: "One change in a hundred takes {{ $value | humanizeDuration }} or more to reach the proxies",
    remedy: "More istiods (mesh.controlPlane.replicas), or sidecars that know less (sidecarScope).",
  },
  {
    alert: "MeshCertificatesFail",
    expr: "sum(increase(citadel_server_csr_sign_err_count[10m])) > 0",
    for: "10m",
    severity: "critical",
    summary: "istiod signs no certificates",
    remedy: "Its CA has ended or is not readable: look at the secret cacerts and at who makes it.",
  },
  {
    alert: "MeshCaEndsSoon",
    // Whichever ends first: the root, or the cluster's own CA, which is renewed long before.
    expr: 'min({__name__=~"citadel_server_(root_cert|cert_chain)_expiry_timestamp"} > 0) - time() < 172800',
    for: "1h",
    severity: "critical",
    summary: "A CA of the mesh ends in {{ $value | humanizeDuration }}",
    remedy:
      "It should have been renewed: look at the Certificate istio-ca and at cert-manager, or hand over a new root.",
  },
  {
    alert: "RemoteClusterUnread",
    expr: "sum by (pod) (increase(remote_cluster_sync_timeouts_total[30m])) > 0",
    for: "5m",
    severity: "critical",
    summary: "{{ $labels.pod }} could not read another cluster of the mesh, and goes on without its services",
    remedy: "Its API server's endpoint, the route to it, or the reader's token (docs/components/mesh.md).",
  },
  {
    alert: "IstioCniNotReady",
    expr: "min by (node) (istio_cni_install_ready) < 1",
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.node }} puts no pod into the mesh",
    remedy: "Look at istio-cni-node there; where it is new, its taint keeps pods off it.",
  },
  {
    alert: "GatewayErrors",
    expr: `${gatewayRequests(', response_code=~"5.."')} / ${gatewayRequests("")} > 0.05`,
    for: "10m",
    severity: "warning",
    summary:
      "{{ $value | humanizePercentage }} of the answers that {{ $labels.source_workload }} gets of {{ $labels.destination_service }} are errors",
    remedy:
      "response_flags of the gateway's log say who: UF and URX the connection, UH no ready pod, NR no route.",
  },
];

const sidecarAlerts: readonly Alert[] = [
  {
    alert: "SidecarInjectionFails",
    expr: "sum(increase(sidecar_injection_failure_total[10m])) > 0",
    for: "5m",
    severity: "critical",
    summary: "Pods get no sidecar and do not start",
    remedy: "istiod's log says why; annotations of the pods and the injector's template are what it reads.",
  },
];

const clusterMeshAlerts: readonly Alert[] = [
  {
    alert: "ClusterMeshPeerUnready",
    expr: "min by (target_cluster) (cilium_clustermesh_remote_cluster_readiness_status) < 1",
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.target_cluster }} is not read: its services and identities are those of before",
    remedy:
      "cilium-dbg status --all-clusters says why: its load balancer, the route there, certificates, or the cluster's id.",
  },
];
