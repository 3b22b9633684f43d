import type { ChartPin, Pin } from "./release";

/** Istio's charts have one version and one repository: base first, then istiod, CNI plugin, ztunnel, gateways. */
export function istioCharts(pin: Pin) {
  const chart = (name: string): ChartPin => ({
    repository: "https://istio-release.storage.googleapis.com/charts",
    name,
    ...pin,
  });
  return {
    "istio-base": chart("base"),
    istiod: chart("istiod"),
    "istio-cni": chart("cni"),
    ztunnel: chart("ztunnel"),
    "istio-gateway": chart("gateway"),
  };
}
