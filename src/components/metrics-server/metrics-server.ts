import { Construct } from "constructs";
import type { ChartValues } from "../../modules/chart-values";
import { type ChartRef, HelmRelease, type HelmReleaseProps } from "../../modules/helm-release";
import { mirrored } from "../../modules/mirrored-image";
import { spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { metricsServerPort } from "./record";

export interface MetricsServerSettings {
  readonly replicas: number;
  /** The control plane does not reach pod addresses (overlay): pods then listen on their nodes' addresses. */
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
}

/** Values of the metrics-server chart, 3.13. */
export function metricsServerValues({
  replicas,
  hostNetwork,
  imageMirror,
}: MetricsServerSettings): ChartValues {
  return {
    ...(imageMirror !== undefined && {
      image: { repository: mirrored("registry.k8s.io/metrics-server/metrics-server", imageMirror) },
    }),
    replicas,
    hostNetwork: { enabled: hostNetwork },
    containerPort: metricsServerPort(hostNetwork),
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    // One node's end must not stop every HPA.
    topologySpreadConstraints: spreadOverZones({
      "app.kubernetes.io/name": "metrics-server",
      "app.kubernetes.io/instance": "metrics-server",
    }),
    tolerations: systemTolerations,
  };
}

export interface MetricsServerProps extends MetricsServerSettings, Pick<HelmReleaseProps, "dependsOn"> {
  readonly chart: ChartRef;
}

/** Metrics server: the metrics API behind kubectl top, HPA and VPA. */
export class MetricsServer extends Construct {
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, { chart, dependsOn, ...settings }: MetricsServerProps) {
    super(scope, id);
    this.release = new HelmRelease(this, "helm", {
      name: "metrics-server",
      chart,
      namespace: "kube-system",
      values: metricsServerValues(settings),
      ...(dependsOn && { dependsOn }),
    }).release;
  }
}
