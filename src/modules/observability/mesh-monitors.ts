import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest-release";
import { podMonitor } from "./pod-monitor";

const ISTIO = "istio-system";
/** Port by which every Envoy of Istio shows its metrics, and their path. */
const ENVOY = { port: "http-envoy-prom", path: "/stats/prometheus" } as const;

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
    "istio-gateways": gateways("istio-gateways", {
      matchExpressions: [{ key: "istio", operator: "In", values: ["ingressgateway", "eastwestgateway"] }],
    }),
    // Those that istiod makes for Gateways of the Gateway API, waypoints included.
    "istio-api-gateways": gateways("istio-api-gateways", {
      matchExpressions: [{ key: "gateway.networking.k8s.io/gateway-name", operator: "Exists" }],
    }),
  };
}

function gateways(name: string, selector: ChartValues): Manifest {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: {
      namespaceSelector: { any: true },
      selector,
      podMetricsEndpoints: [{ ...ENVOY, interval: "30s", honorLabels: true }],
    },
  };
}
