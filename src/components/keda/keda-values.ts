import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { kedaPorts } from "./record";

export interface KedaSettings {
  /** The control plane does not reach pod addresses (overlay): pods then listen on their nodes' addresses. */
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
}

/** Values of the keda chart, 2.20. Its webhooks fail open: without them a wrong ScaledObject is found later. */
export function kedaValues({ hostNetwork, imageMirror }: KedaSettings): ChartValues {
  const ports = kedaPorts(hostNetwork);
  const registry = { registry: mirrored("ghcr.io", imageMirror) };
  const component = { replicaCount: 2 };
  const onHost = { useHostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" };
  const one = { maxUnavailable: 1 };
  return {
    ...(imageMirror !== undefined && {
      image: { keda: registry, metricsApiServer: registry, webhooks: registry },
    }),
    crds: { install: true },
    operator: component,
    metricsServer: { ...component, ...(hostNetwork && onHost) },
    webhooks: {
      enabled: true,
      ...component,
      ...(hostNetwork && { useHostNetwork: true, port: String(ports.webhook), healthProbePort: 18081 }),
    },
    prometheus: {
      // Names the port; its monitor comes with Prometheus.
      operator: { enabled: true },
      // Both listen on 8080 for Prometheus, and two pods of one node can't on the host network.
      ...(hostNetwork && { metricServer: { port: 18080 }, webhooks: { port: 18082 } }),
    },
    ...(hostNetwork && { service: { portHttpsTarget: ports.metricsApi } }),
    podDisruptionBudget: { operator: one, metricServer: one, webhooks: one },
    topologySpreadConstraints: {
      operator: spreadOverZones({ app: "keda-operator" }),
      metricsServer: spreadOverZones({ app: "keda-operator-metrics-apiserver" }),
      webhooks: spreadOverZones({ app: "keda-admission-webhooks" }),
    },
    priorityClassName: priorityClass.critical,
    tolerations: systemTolerations,
  };
}
