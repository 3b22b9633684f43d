import { type ChartName, chartNames, charts } from "../components/components";
import type { ChartPin, ChartVersion, Pin } from "./release";

/** Istio's charts have one version. */
export function istioCharts(pin: Pin) {
  return { "istio-base": pin, istiod: pin, "istio-cni": pin, ztunnel: pin, "istio-gateway": pin };
}

/** Versions of all charts, with the repositories that they are in. */
export function chartPins(
  versions: Readonly<Record<ChartName, ChartVersion>>,
): Readonly<Record<ChartName, ChartPin>> {
  const pins = chartNames.map((chart): [ChartName, ChartPin] => {
    const { repository, name } = charts[chart];
    return [chart, { repository, name, ...versions[chart] }];
  });
  return Object.fromEntries(pins) as Record<ChartName, ChartPin>;
}
