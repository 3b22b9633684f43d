import type { ITerraformDependable } from "cdktf";
import { proxyFor } from "../../modules/chart-proxy";
import { Construct } from "constructs";
import { COLLECTOR_IMAGE } from "../../facts/injected-containers";
import type { ChartValues } from "../../modules/chart-values";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { PodIdentity } from "../../modules/pod-identity";
import { COLLECTOR_ACCOUNT, collectorManifests, type CollectorSettings } from "./otel-collector";
import { openTelemetryPort } from "./record";

export interface OpenTelemetryProps extends CollectorSettings {
  readonly chart: ChartRef;
  readonly partition: string;
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
  readonly dependsOn?: ITerraformDependable[];
}

/** OpenTelemetry operator and the collector that it runs. */
export class OpenTelemetry extends Construct {
  /** Only for X-Ray; other places of traces take no role. */
  readonly roleArn?: string;
  /** Of the operator. */
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: OpenTelemetryProps) {
    super(scope, id);
    const { chart, namespace, clusterName, partition, traces, dependsOn = [] } = props;
    const proxy = proxyFor(this);
    this.release = new HelmRelease(this, "operator", {
      name: "opentelemetry-operator",
      chart,
      namespace,
      values: openTelemetryValues(props),
      dependsOn,
    }).release;
    const identity =
      traces.kind === "xray"
        ? new PodIdentity(this, "collector-identity", {
            clusterName,
            purpose: "otlp-collector",
            serviceAccount: { namespace, name: COLLECTOR_ACCOUNT },
            policies: {
              additionalPolicyArns: { XRay: `arn:${partition}:iam::aws:policy/AWSXrayWriteOnlyAccess` },
            },
          })
        : undefined;
    if (identity) this.roleArn = identity.roleArn;
    new ManifestRelease(this, "otlp-collector", {
      namespace,
      manifests: collectorManifests({ ...props, ...(proxy && { proxy }) }),
      dependsOn: [this.release, ...(identity ? [identity.effective] : [])],
    });
  }
}

/** Values of the opentelemetry-operator chart, 0.122. */
export function openTelemetryValues({
  hostNetwork,
  imageMirror: mirror,
}: Pick<OpenTelemetryProps, "hostNetwork" | "imageMirror">): ChartValues {
  const ghcr = "ghcr.io/open-telemetry";
  const image = (name: string) => ({ repository: mirrored(`${ghcr}/${name}`, mirror) });
  return {
    replicaCount: 2,
    pdb: { create: true, minAvailable: 1 },
    priorityClassName: priorityClass.critical,
    tolerations: [...systemTolerations],
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "opentelemetry-operator" }),
    ...(hostNetwork && { hostNetwork: true }),
    manager: {
      ...(mirror !== undefined && { image: image("opentelemetry-operator/opentelemetry-operator") }),
      // The distribution with the X-Ray exporter, which the default lacks; the chart has the version that fits.
      collectorImage: { repository: mirrored(COLLECTOR_IMAGE, mirror) },
      // The health port's default, 8081, is also that of others on the host network, and no container names it.
      ports: { webhookPort: openTelemetryPort(hostNetwork), ...(hostNetwork && { healthzPort: 19454 }) },
    },
    admissionWebhooks: {
      // Not every target has cert-manager: Helm makes the certificate, for longer than a cluster lives.
      certManager: { enabled: false },
      autoGenerateCert: { enabled: true, recreate: true, certPeriodDays: 3650 },
    },
  };
}
