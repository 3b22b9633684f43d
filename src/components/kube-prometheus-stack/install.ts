import { DEFAULT_ADDRESSES_LEFT } from "../../facts/defaults";
import type { NodeGroupSettings, ObservabilitySettings } from "../../model/settings";
import type { AddressSource } from "../../modules/observability/alert-rules";
import { type Flow, tcp } from "../../modules/policies/network-flows";
import { closeNamespace } from "../../wiring/close-namespace";
import { ROLLOUTS_NAMESPACE } from "../argo-rollouts/record";
import type { Monitored } from "../component";
import { type Installing, settingsOf } from "../installing";
import { KEDA_NAMESPACE } from "../keda/record";
import { bothPorts, closedPorts } from "../namespaces";
import { openTelemetryPorts } from "../opentelemetry-operator/record";
import { Prometheus } from "./prometheus";
import { MONITORING_NAMESPACE } from "./record";

/** Prometheus with the definitions of its operator, Grafana and the alerts. */
export function installPrometheus(stack: Installing): Prometheus {
  const { scope, target, clusterName, cluster, placement } = stack;
  const { release, config, region } = target;
  const observability = settingsOf(config.observability, target);
  const { alerts, openTelemetry } = observability;
  const settings = settingsOf(observability.prometheus, target);
  const { kind } = config.cni;
  const istio = target.mesh.dataPlane;
  const prometheus = new Prometheus(scope, "prometheus", {
    ...settings,
    memoryMiB: prometheusMemoryMiB(settings.memoryGiB, config.nodes),
    ...placement,
    charts: {
      crds: release.charts["prometheus-operator-crds"],
      stack: release.charts["kube-prometheus-stack"],
    },
    namespace: MONITORING_NAMESPACE,
    clusterName,
    region,
    volumesKeyArn: cluster().volumes_key_arn,
    otlp: openTelemetry !== undefined,
    ...(alerts && { topicArn: alerts.to }),
    alerts: {
      addresses: addressSource(kind),
      cilium: kind !== "vpc-cni",
      subnetAddressesLeft: alerts?.subnetAddressesLeft ?? DEFAULT_ADDRESSES_LEFT,
      ...(config.mesh && { mesh: config.mesh.kind }),
    },
    monitored: Object.assign(
      {},
      ...[...target.components.values()].map(({ record }) => record.monitors),
    ) as Record<string, Monitored>,
    ...(istio && { istio }),
  });
  closeMonitoring(stack, observability, prometheus);
  return prometheus;
}

/** Who asks Prometheus: the collector that sends to it, scalers by its metrics, and canaries that are judged by them. */
function closeMonitoring(
  stack: Installing,
  { openTelemetry }: ObservabilitySettings,
  { release }: Prometheus,
): void {
  const { keda, gitops } = stack.target.config;
  const callers = [
    ...(openTelemetry ? [openTelemetry.namespace] : []),
    ...(keda ? [KEDA_NAMESPACE] : []),
    ...(gitops?.rollouts === true ? [ROLLOUTS_NAMESPACE] : []),
  ];
  const peers = callers.map((namespace) => ({ kind: "pods" as const, namespace }));
  const flow: Flow = { direction: "ingress", peers, ports: tcp(9090) };
  const own = closedPorts(MONITORING_NAMESPACE);
  closeNamespace(stack, MONITORING_NAMESPACE, [release], {
    ...(own &&
      openTelemetry?.namespace === MONITORING_NAMESPACE && { ports: bothPorts(own, openTelemetryPorts) }),
    ...(peers.length > 0 && {
      callers: {
        "allow-prometheus": { pods: { matchLabels: { "app.kubernetes.io/name": "prometheus" } }, flow },
      },
    }),
  });
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
