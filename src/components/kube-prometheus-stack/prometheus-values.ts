import { resourcesOf } from "../chart";
import type { ChartValues, ChartValue } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { prometheusOperatorPort } from "./record";

export interface PrometheusSettings {
  readonly clusterName: string;
  readonly region: string;
  readonly replicas: number;
  readonly retentionDays: number;
  readonly storageGiB: number;
  /** What each server asks for. */
  readonly memoryMiB: number;
  readonly storageClass: string;
  /** Kubernetes secret with `admin-user` and `admin-password`. */
  readonly grafana?: { readonly adminSecret: string; readonly storageGiB: number };
  /** SNS topic of Alertmanager. */
  readonly topicArn?: string;
  /** Metrics that applications push by OTLP. */
  readonly otlp: boolean;
  /** The control plane does not reach pod addresses (overlay): the operator's webhook listens on its node. */
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
}

/** Service account of Alertmanager, which its AWS identity is for. */
export const ALERTMANAGER_ACCOUNT = "alertmanager";

/** Volumes fill up before their retention ends if series grow: the oldest blocks go then, and not Prometheus. */
const MOST_OF_THE_VOLUME = 0.85;

/** Values of the kube-prometheus-stack chart, 88.5. Its CRDs are a release of their own. */
export function prometheusValues(settings: PrometheusSettings): ChartValues {
  const { grafana, imageMirror: mirror } = settings;
  return {
    crds: { enabled: false },
    // The control plane is AWS's: its parts have no pods to scrape (EKS serves some metrics by its API). kube-proxy, where there is one, serves only its own node.
    ...disabled("kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy"),
    defaultRules: {
      create: true,
      rules: {
        etcd: false,
        kubeControllerManager: false,
        kubeProxy: false,
        kubeSchedulerAlerting: false,
        kubeSchedulerRecording: false,
        windows: false,
      },
    },
    windowsMonitoring: { enabled: false },
    prometheusOperator: operatorValues(settings),
    prometheus: { podDisruptionBudget: budget(settings.replicas), prometheusSpec: serverValues(settings) },
    alertmanager: alertmanagerValues(settings),
    "kube-state-metrics": {
      ...(mirror !== undefined && { image: { registry: mirrored("registry.k8s.io", mirror) } }),
      tolerations: systemTolerations,
      priorityClassName: priorityClass.critical,
    },
    "prometheus-node-exporter": nodeExporterValues(mirror),
    grafana: grafana === undefined ? { enabled: false } : grafanaValues(settings, grafana),
  };
}

function disabled(...names: string[]): ChartValues {
  return Object.fromEntries(names.map((name) => [name, { enabled: false }]));
}

function budget(replicas: number): ChartValues {
  return { enabled: replicas > 1, minAvailable: replicas - 1 };
}

function quay(mirror: string | undefined): ChartValues {
  return mirror === undefined ? {} : { image: { registry: mirrored("quay.io", mirror) } };
}

function operatorValues({ hostNetwork, imageMirror: mirror }: PrometheusSettings): ChartValues {
  return {
    ...quay(mirror),
    prometheusConfigReloader: quay(mirror),
    ...(mirror !== undefined && { thanosImage: { registry: mirrored("quay.io", mirror) } }),
    tolerations: systemTolerations,
    priorityClassName: priorityClass.critical,
    ...(hostNetwork && { hostNetwork: true }),
    tls: { enabled: true, internalPort: prometheusOperatorPort(hostNetwork) },
    admissionWebhooks: {
      patch: {
        ...(mirror !== undefined && { image: { registry: mirrored("ghcr.io", mirror) } }),
        tolerations: systemTolerations,
      },
    },
  };
}

function volume(storageClassName: string, gib: number): ChartValues {
  const resources = { requests: { storage: `${gib}Gi` } };
  return { volumeClaimTemplate: { spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources } } };
}

/** One server has all series in memory: a node has some ten thousand, of itself and its pods. */
function serverResources(memoryMiB: number): ChartValues {
  return resourcesOf({ cpuMillicores: 200, memoryMiB, memoryLimitMiB: 2 * memoryMiB });
}

function serverValues(settings: PrometheusSettings): ChartValues {
  const { clusterName, region, replicas, retentionDays, storageGiB, storageClass, otlp } = settings;
  return {
    ...quay(settings.imageMirror),
    resources: serverResources(settings.memoryMiB),
    replicas,
    retention: `${retentionDays}d`,
    retentionSize: `${Math.floor(storageGiB * MOST_OF_THE_VOLUME)}GiB`,
    storageSpec: volume(storageClass, storageGiB),
    externalLabels: { cluster: clusterName, region },
    enableOTLPReceiver: otlp,
    // Several collectors send, and a sample may come after later ones of its series (Prometheus, "OpenTelemetry backend").
    ...(otlp && { tsdb: { outOfOrderTimeWindow: "30m" } }),
    tolerations: systemTolerations,
    priorityClassName: priorityClass.critical,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "prometheus" }),
    // Monitors and rules of every team and not only of this release.
    serviceMonitorSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    ruleSelectorNilUsesHelmValues: false,
    probeSelectorNilUsesHelmValues: false,
    scrapeConfigSelectorNilUsesHelmValues: false,
  };
}

function alertmanagerValues({
  region,
  storageClass,
  topicArn,
  imageMirror,
}: PrometheusSettings): ChartValues {
  const receiver = topicArn === undefined ? "null" : "topic";
  const topic: ChartValue[] =
    topicArn === undefined
      ? []
      : [
          {
            name: "topic",
            sns_configs: [{ topic_arn: topicArn, sigv4: { region }, send_resolved: true }],
          },
        ];
  return {
    serviceAccount: { create: true, name: ALERTMANAGER_ACCOUNT },
    podDisruptionBudget: budget(2),
    config: {
      route: {
        receiver,
        group_by: ["alertname", "namespace"],
        // They are always there: to watch that alerts get through, and to inhibit others.
        routes: [{ receiver: "null", matchers: ['alertname =~ "Watchdog|InfoInhibitor"'] }],
      },
      receivers: [{ name: "null" }, ...topic],
    },
    alertmanagerSpec: {
      ...quay(imageMirror),
      replicas: 2,
      storage: volume(storageClass, 5),
      tolerations: systemTolerations,
      priorityClassName: priorityClass.critical,
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "alertmanager" }),
    },
  };
}

function nodeExporterValues(mirror: string | undefined): ChartValues {
  return {
    ...quay(mirror),
    priorityClassName: priorityClass.node,
    extraArgs: [
      "--collector.filesystem.mount-points-exclude=^/(dev|proc|sys|run/containerd|var/lib/kubelet)($|/)",
      // What EC2 drops above an instance's allowances is counted by the ENA driver and nowhere else.
      "--collector.ethtool",
      "--collector.ethtool.metrics-include=^(bw_in|bw_out|pps|conntrack|linklocal)_allowance_exceeded$",
    ],
  };
}

function grafanaValues(
  { storageClass, imageMirror: mirror }: PrometheusSettings,
  { adminSecret, storageGiB }: NonNullable<PrometheusSettings["grafana"]>,
): ChartValues {
  const hub = mirror === undefined ? {} : { image: { registry: mirrored("docker.io", mirror) } };
  return {
    enabled: true,
    ...hub,
    // Without a secret of its own the chart would make up another password at every plan.
    admin: { existingSecret: adminSecret, userKey: "admin-user", passwordKey: "admin-password" },
    persistence: { enabled: true, storageClassName: storageClass, size: `${storageGiB}Gi` },
    // fsGroup owns the volume already; the container for it would have to run as root.
    initChownData: { enabled: false },
    // One volume for one pod: the old one has to let go first.
    deploymentStrategy: { type: "Recreate" },
    testFramework: { enabled: false },
    tolerations: systemTolerations,
    priorityClassName: priorityClass.critical,
    sidecar: {
      ...quay(mirror),
      // Cilium's dashboards are in kube-system.
      dashboards: { enabled: true, searchNamespace: "ALL" },
    },
  };
}
