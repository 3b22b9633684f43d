import { asks, env } from "../chart";
import { kedaFlows } from "./flows";
import { CONTROLLER_RESTARTS, type ChartComponentRecord, type PlatformPorts } from "../component";
import { kedaAccounts } from "./calls";
import { onKubernetes } from "../fit";
import { pins } from "./pins";
import { kedaWork } from "./pods";

export const KEDA_NAMESPACE = "keda";

/** Ports that the control plane calls. On the host network 9443 and 6443 are what other components take as well. */
export function kedaPorts(hostNetwork: boolean): { readonly metricsApi: number; readonly webhook: number } {
  return hostNetwork ? { metricsApi: 16443, webhook: 19443 } : { metricsApi: 6443, webhook: 9443 };
}

/** Port of the operator that its metrics API asks; it takes certificates of KEDA's own only (kedacore/keda v2.20.2, pkg/metricsservice/utils/tls.go). */
export const KEDA_METRICS_SERVICE = 9666;

/** On the host network the metrics API is no pod of the namespace to policies, so that the operator's port has to be open. */
export function kedaOpenPorts(hostNetwork: boolean): PlatformPorts {
  return { open: [6443, 9443, ...(hostNetwork ? [KEDA_METRICS_SERVICE] : [])], metrics: [8080] };
}

interface KedaSources {
  readonly queues: readonly string[];
  readonly cloudWatch: boolean;
  readonly kafka: Readonly<Record<string, unknown>>;
}

/** Whether anything is there that the operator reads by its AWS role. */
export function kedaCallsAws({ queues, cloudWatch, kafka }: KedaSources): boolean {
  return queues.length > 0 || cloudWatch || Object.keys(kafka).length > 0;
}

export const keda: ChartComponentRecord<"keda"> = {
  kind: "charts",
  name: "keda",
  title: "KEDA",
  stack: "autoscaling",
  isUsed: ({ keda }) => keda !== undefined,
  settings: ["keda"],
  docs: "docs/components/pod-scaling.md",
  charts: {
    keda: {
      repository: "https://kedacore.github.io/charts",
      name: "keda",
      podsReadAt: ["2.20.2"],
      requests: [
        asks("resources/operator", 50, 128, 1000),
        asks("resources/metricServer", 50, 96, 1000),
        asks("resources/webhooks", 25, 64, 256),
      ],
      callsOut: [env("env")],
    },
  },
  pins,
  namespaces: { [KEDA_NAMESPACE]: kedaOpenPorts(false) },
  called: (onNodes) => ({
    "keda-metrics": kedaPorts(onNodes).metricsApi,
    "keda-webhooks": kedaPorts(onNodes).webhook,
  }),
  monitors: { keda: { namespace: KEDA_NAMESPACE, pods: { app: "keda-operator" }, ports: ["metrics"] } },
  registries: ["ghcr.io"],
  roles: { "keda-operator": ({ config }) => config.keda !== undefined && kedaCallsAws(config.keda) },
  pods: {
    "keda-operator": {
      of: "keda",
      labels: { app: "keda-operator", "app.kubernetes.io/name": "keda-operator" },
      serviceAccount: "keda-operator",
      ports: { metrics: 8080, metricsservice: KEDA_METRICS_SERVICE },
      work: kedaWork["keda-operator"],
    },
    "keda-operator-metrics-apiserver": {
      of: "keda",
      labels: {
        app: "keda-operator-metrics-apiserver",
        "app.kubernetes.io/name": "keda-operator-metrics-apiserver",
      },
      serviceAccount: "keda-metrics-server",
      ports: { https: 6443, metrics: 8080 },
      hostNetwork: "metricsServer.useHostNetwork",
      called: "keda-metrics",
      work: kedaWork["keda-operator-metrics-apiserver"],
    },
    "keda-admission-webhooks": {
      of: "keda",
      labels: { app: "keda-admission-webhooks", "app.kubernetes.io/name": "keda-admission-webhooks" },
      serviceAccount: "keda-webhook",
      ports: { http: 9443 },
      hostNetwork: "webhooks.useHostNetwork",
      called: "keda-webhooks",
      work: kedaWork["keda-admission-webhooks"],
    },
  },
  calls: kedaAccounts,
  fits: [
    {
      ...onKubernetes(">=2.20 <2.21", ">=1.33 <1.36", "1.33 to 1.35", "KEDA 2.20 tested versions", "2026-08"),
      level: "warn",
    },
  ],
  flows: kedaFlows,
  crds: {
    "eventing.keda.sh": ["CloudEventSource", "ClusterCloudEventSource"],
    "keda.sh": ["ClusterTriggerAuthentication", "ScaledJob", "ScaledObject", "TriggerAuthentication"],
  },
  upgrade: { phase: "charts", restarts: CONTROLLER_RESTARTS },
};
