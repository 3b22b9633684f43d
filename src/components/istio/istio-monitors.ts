import type { ChartValues } from "../../modules/chart-values";
import type { Manifest } from "../../modules/manifest";
import { podMonitor } from "../../modules/observability/pod-monitor";

const ISTIO = "istio-system";
/** Port by which Envoy itself shows its metrics. */
const ENVOY = "http-envoy-prom";
/** That of its agent, 15020, which istiod declares at Gateways and waypoints, and which closed namespaces open. */
const AGENT = "metrics";

/**
 * Monitors of Istio, by pods and names of ports as its charts and istiod make them (istio/istio manifests/charts, 1.27.9 and 1.29.6).
 * Sidecars are not among them: they multiply the series of every service, and who wants them says so.
 */
export function istioMonitors(dataPlane: "sidecar" | "ambient"): Record<string, Manifest> {
  return {
    istiod: podMonitor("istiod", ISTIO, { app: "istiod" }, ["http-monitoring"]),
    "istio-cni": podMonitor("istio-cni", ISTIO, { "k8s-app": "istio-cni-node" }, ["metrics"]),
    ...(dataPlane === "ambient" && {
      ztunnel: podMonitor("ztunnel", ISTIO, { app: "ztunnel" }, ["ztunnel-stats"]),
    }),
    "istio-gateways": gateways("istio-gateways", ENVOY, {
      matchExpressions: [{ key: "istio", operator: "In", values: ["ingressgateway", "eastwestgateway"] }],
    }),
    // Those that istiod makes for Gateways of the Gateway API, waypoints included.
    "istio-api-gateways": gateways("istio-api-gateways", AGENT, {
      matchExpressions: [{ key: "gateway.networking.k8s.io/gateway-name", operator: "Exists" }],
    }),
  };
}

function gateways(name: string, port: string, selector: ChartValues): Manifest {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: {
      namespaceSelector: { any: true },
      selector,
      podMetricsEndpoints: [{ port, path: "/stats/prometheus", interval: "30s", honorLabels: true }],
    },
  };
}
