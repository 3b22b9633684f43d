import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { externalSecretsPort } from "./record";

export interface ExternalSecretsSettings {
  /** The control plane does not reach pod addresses (overlay): the webhook then listens on its node's address. */
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
}

/**
 * Ports of the webhook's metrics and probes on the host network. Their defaults, 8080 and 8081, are those of the load
 * balancer controller and of the OpenTelemetry operator, and two pods with one port never share a node.
 */
const HOST_METRICS_PORT = 10271;
const HOST_PROBE_PORT = 10272;

/** Values of the external-secrets chart, 2.9. */
export function externalSecretsValues({ hostNetwork, imageMirror }: ExternalSecretsSettings): ChartValues {
  const budget = { podDisruptionBudget: { enabled: true, minAvailable: 1 } };
  const pods = { replicaCount: 2, priorityClassName: priorityClass.critical, ...budget };
  return {
    global: {
      ...(imageMirror !== undefined && {
        repository: mirrored("ghcr.io/external-secrets/external-secrets", imageMirror),
      }),
      tolerations: systemTolerations,
    },
    ...pods,
    leaderElect: true,
    // Its role may become that of each store: admission keeps teams from stores that name none (secret-store-rule.ts).
    serviceAccount: { name: "external-secrets" },
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "external-secrets" }),
    webhook: {
      ...pods,
      port: externalSecretsPort(hostNetwork),
      ...(hostNetwork && {
        hostNetwork: true,
        metrics: { listen: { port: HOST_METRICS_PORT } },
        livenessProbe: { port: HOST_PROBE_PORT },
        readinessProbe: { port: HOST_PROBE_PORT },
      }),
    },
    certController: { ...pods, replicaCount: 1, podDisruptionBudget: { enabled: false } },
  };
}
