import { Fault } from "../../text/errors";
import type { NodeGroupSettings, ObservabilitySettings } from "../../model/settings";
import { DEFAULT_ADDRESSES_LEFT } from "../../facts/defaults";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { MONITORING_NAMESPACE } from "../../components/kube-prometheus-stack/record";
import { bothPorts } from "../../components/namespaces";
import { openTelemetryPorts } from "../../components/opentelemetry-operator/record";
import { partitionOf } from "../../facts/regions";
import type { AddressSource } from "../../modules/observability/alert-rules";
import { ContainerInsights } from "../../components/amazon-cloudwatch-observability/container-insights";
import { FluentBit } from "../../components/aws-for-fluent-bit/fluent-bit";
import { NatAlarms } from "../../modules/observability/nat-alarms";
import { OpenTelemetry } from "../../components/opentelemetry-operator/open-telemetry";
import { Prometheus } from "../../components/kube-prometheus-stack/prometheus";
import { type Flow, tcp } from "../../modules/policies/network-flows";
import { networkContract } from "../network/network-contract";
import { observabilityContract } from "./observability-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { keyOwner } from "../key-owner";
import { publish } from "../base/published-outputs";
import { natOf } from "../network/target-egress";
import type { Monitored } from "../../components/component";
import { KEDA_NAMESPACE } from "../../components/keda/record";
import { ROLLOUTS_NAMESPACE } from "../../components/argo-rollouts/record";
import { LOGGING_NAMESPACE } from "../../components/aws-for-fluent-bit/record";
import { closedPorts } from "../../components/namespaces";

/**
 * Where each Prometheus takes OTLP (Prometheus documentation, "Using Prometheus as your OpenTelemetry backend"). By the names that
 * the operator gives its pods: through their common Service each sample would reach one of them, and they share nothing. With .svc,
 * which a proxy's exceptions hold (proxy-environment.ts).
 */
function prometheusOtlp(replicas: number): string[] {
  const pod = (index: number) => `prometheus-kube-prometheus-stack-prometheus-${index}`;
  return Array.from(
    { length: replicas },
    (_, index) => `http://${pod(index)}.prometheus-operated.${MONITORING_NAMESPACE}.svc:9090/api/v1/otlp`,
  );
}

/** Metrics, logs, traces and the alerts made of them. */
export class ObservabilityStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "observability", props);
    const { observability } = this.target.config;
    if (observability === undefined) throw new Fault(`${this.target.name} has no observability`);
    new TimeProvider(this, "time");

    const prometheus = this.addPrometheus(observability);
    this.addNatAlarms(observability);
    if (prometheus) this.closeMonitoring(observability, prometheus);
    const insights = this.addContainerInsights(observability);
    const shipper = this.addLogShipper(observability);
    const collector = this.addOpenTelemetry(observability, prometheus);
    publish(this, observabilityContract, {
      role_arns: {
        ...(insights && { "container-insights": insights.roleArn }),
        ...(shipper && { "fluent-bit": shipper.roleArn }),
        ...(collector?.roleArn !== undefined && { "otlp-collector": collector.roleArn }),
      },
    });
  }

  private addPrometheus({
    prometheus,
    alerts,
    openTelemetry,
  }: ObservabilitySettings): Prometheus | undefined {
    if (prometheus === undefined) return undefined;
    const { release, config, clusterName, region } = this.target;
    const { kind } = config.cni;
    const cilium = kind !== "vpc-cni";
    const istio = this.target.mesh.dataPlane;
    return new Prometheus(this, "prometheus", {
      ...prometheus,
      memoryMiB: prometheusMemoryMiB(prometheus.memoryGiB, config.nodes),
      ...this.placement(),
      charts: {
        crds: release.charts["prometheus-operator-crds"],
        stack: release.charts["kube-prometheus-stack"],
      },
      namespace: MONITORING_NAMESPACE,
      clusterName,
      region,
      volumesKeyArn: this.cluster.volumes_key_arn,
      otlp: openTelemetry !== undefined,
      ...(alerts && { topicArn: alerts.to }),
      alerts: {
        addresses: addressSource(kind),
        cilium,
        subnetAddressesLeft: alerts?.subnetAddressesLeft ?? DEFAULT_ADDRESSES_LEFT,
        ...(config.mesh && { mesh: config.mesh.kind }),
      },
      monitored: Object.assign(
        {},
        ...[...this.target.components.values()].map(({ record }) => record.monitors),
      ) as Record<string, Monitored>,
      ...(istio && { istio }),
    });
  }

  /** Who asks Prometheus: the collector that sends to it, scalers by its metrics, and canaries that are judged by them. */
  private closeMonitoring({ openTelemetry }: ObservabilitySettings, { release }: Prometheus): void {
    const { keda, gitops } = this.target.config;
    const callers = [
      ...(openTelemetry ? [openTelemetry.namespace] : []),
      ...(keda ? [KEDA_NAMESPACE] : []),
      ...(gitops?.rollouts === true ? [ROLLOUTS_NAMESPACE] : []),
    ];
    const peers = callers.map((namespace) => ({ kind: "pods" as const, namespace }));
    const flow: Flow = { direction: "ingress", peers, ports: tcp(9090) };
    const own = closedPorts(MONITORING_NAMESPACE);
    this.closeNamespace(MONITORING_NAMESPACE, [release], {
      ...(own &&
        openTelemetry?.namespace === MONITORING_NAMESPACE && { ports: bothPorts(own, openTelemetryPorts) }),
      ...(peers.length > 0 && {
        callers: {
          "allow-prometheus": { pods: { matchLabels: { "app.kubernetes.io/name": "prometheus" } }, flow },
        },
      }),
    });
  }

  private addNatAlarms({ alerts }: ObservabilitySettings): void {
    const nat = natOf(this.target);
    if (alerts === undefined || nat.kind === "none") return;
    const { nat_gateway_ids: ids } = this.readStack("network", networkContract);
    const zones = nat.kind === "single" ? [nat.zone] : this.target.zones.kept;
    new NatAlarms(this, "nat-alarms", {
      name: this.target.clusterName,
      gatewayIds: Object.fromEntries(zones.map((zone) => [zone, Fn.lookup(ids, zone)])),
      topicArn: alerts.to,
    });
  }

  private addContainerInsights({ containerInsights }: ObservabilitySettings): ContainerInsights | undefined {
    if (containerInsights === undefined) return undefined;
    return new ContainerInsights(this, "container-insights", {
      ...containerInsights,
      ...this.logging(),
      version: this.target.release.addons["amazon-cloudwatch-observability"].version,
    });
  }

  private addLogShipper({ logShipper }: ObservabilitySettings): FluentBit | undefined {
    if (logShipper === undefined) return undefined;
    return new FluentBit(this, "fluent-bit", {
      ...this.logging(),
      chart: this.target.release.charts["aws-for-fluent-bit"],
      namespace: LOGGING_NAMESPACE,
      retentionDays: logShipper.retentionDays,
      ...this.mirror(),
    });
  }

  private addOpenTelemetry(
    { openTelemetry, prometheus: servers }: ObservabilitySettings,
    prometheus: Prometheus | undefined,
  ): OpenTelemetry | undefined {
    if (openTelemetry === undefined) return undefined;
    const { release, clusterName, region } = this.target;
    const collector = new OpenTelemetry(this, "open-telemetry", {
      ...openTelemetry,
      ...this.placement(),
      chart: release.charts["opentelemetry-operator"],
      clusterName,
      region,
      partition: partitionOf(region),
      ...(prometheus &&
        servers && { metricsEndpoints: prometheusOtlp(servers.replicas), dependsOn: [prometheus.release] }),
    });
    // Beside Prometheus the namespace is closed already (closeMonitoring).
    if (openTelemetry.namespace !== MONITORING_NAMESPACE || prometheus === undefined)
      this.closeNamespace(openTelemetry.namespace, [collector.release], { ports: openTelemetryPorts });
    return collector;
  }

  private logging() {
    const { clusterName, region } = this.target;
    return { clusterName, region, owner: keyOwner(this.target) };
  }
}

/** By the nodes that the groups want: those of Karpenter come and go, and who has many of them says how much. */
function prometheusMemoryMiB(
  memoryGiB: number | undefined,
  groups: Readonly<Record<string, NodeGroupSettings>>,
): number {
  const nodes = Object.values(groups).reduce((sum, { size }) => sum + (size.desired ?? size.min), 0);
  return memoryGiB === undefined ? 1024 + 64 * nodes : 1024 * memoryGiB;
}

function addressSource(cni: "cilium-eni" | "cilium-overlay" | "cilium-chaining" | "vpc-cni"): AddressSource {
  return cni === "cilium-chaining" ? "vpc-cni" : cni;
}
