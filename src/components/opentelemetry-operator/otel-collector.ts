import { variableList } from "../../modules/chart-proxy";
import type { ProxyEnvironment } from "../../modules/network/proxy-environment";
import type { ChartValue } from "../../modules/chart-values";
import type { Manifest } from "../../modules/manifest";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";

export interface CollectorSettings {
  /** By which it calls out; left out: it needs none. */
  readonly proxy?: ProxyEnvironment;
  readonly namespace: string;
  readonly clusterName: string;
  readonly region: string;
  readonly replicas: number;
  readonly traces: { readonly kind: "xray" } | { readonly kind: "otlp"; readonly endpoint: string };
  /** Base addresses of the OTLP receivers of every Prometheus, which all get everything; without one metrics are not taken. */
  readonly metricsEndpoints?: readonly string[];
}

/** Service account of the collector, which its AWS identity is for. */
export const COLLECTOR_ACCOUNT = "otlp-collector";

/** Ports of OTLP by gRPC and HTTP (OpenTelemetry Protocol specification). */
export const OTLP_PORTS = { grpc: 4317, http: 4318 } as const;

/** User of its image (open-telemetry/opentelemetry-collector-releases, distributions/otelcol-contrib/Dockerfile). */
const COLLECTOR_USER = 10001;

/** Host name of the collector's service: the operator appends -collector to the name of its object, otlp. */
export function collectorHost(namespace: string): string {
  return `otlp-collector.${namespace}.svc.cluster.local`;
}

/** Collector that applications send OTLP to, and what it may read of the cluster to say which pod it was. */
export function collectorManifests(settings: CollectorSettings): Record<string, Manifest> {
  const { namespace } = settings;
  const name = COLLECTOR_ACCOUNT;
  return {
    account: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
    "cluster-role": {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name },
      rules: [
        { apiGroups: [""], resources: ["pods", "namespaces", "nodes"], verbs: ["get", "list", "watch"] },
        { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["get", "list", "watch"] },
      ],
    },
    "cluster-role-binding": {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
    collector: collector(settings),
  };
}

function collector(settings: CollectorSettings): Manifest {
  const { namespace, replicas } = settings;
  return {
    apiVersion: "opentelemetry.io/v1beta1",
    kind: "OpenTelemetryCollector",
    metadata: { name: "otlp", namespace },
    spec: {
      mode: "deployment",
      replicas,
      serviceAccount: COLLECTOR_ACCOUNT,
      priorityClassName: priorityClass.critical,
      tolerations: [...systemTolerations],
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": COLLECTOR_ACCOUNT }),
      podDisruptionBudget: { minAvailable: replicas - 1 },
      resources: { requests: { cpu: "200m", memory: "512Mi" }, limits: { memory: "512Mi" } },
      podSecurityContext: {
        runAsNonRoot: true,
        runAsUser: COLLECTOR_USER,
        runAsGroup: COLLECTOR_USER,
        seccompProfile: { type: "RuntimeDefault" },
      },
      // It keeps nothing on disk: what it can't send it holds in memory or drops.
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      // AWS X-Ray, or whom the config names.
      ...(settings.proxy && { env: variableList(settings.proxy) }),
      config: pipeline(settings),
    },
  };
}

function pipeline({ clusterName, region, traces, metricsEndpoints = [] }: CollectorSettings): ChartValue {
  const servers = Object.fromEntries(
    metricsEndpoints.map((endpoint, index) => [`otlphttp/metrics-${index}`, { endpoint }]),
  );
  const exporter = traces.kind === "xray" ? "awsxray" : "otlphttp/traces";
  const processors = ["memory_limiter", "k8sattributes", "resource", "batch"];
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `0.0.0.0:${OTLP_PORTS.grpc}` },
          http: { endpoint: `0.0.0.0:${OTLP_PORTS.http}` },
        },
      },
    },
    processors: {
      // Refuses data before the pod is killed for its memory; senders try again.
      memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 25 },
      k8sattributes: {
        extract: { metadata: ["k8s.namespace.name", "k8s.pod.name", "k8s.node.name", "k8s.deployment.name"] },
      },
      resource: { attributes: [{ key: "k8s.cluster.name", value: clusterName, action: "upsert" }] },
      batch: {},
    },
    exporters: {
      ...(traces.kind === "xray"
        ? { awsxray: { region } }
        : { "otlphttp/traces": { endpoint: traces.endpoint } }),
      ...servers,
    },
    service: {
      pipelines: {
        traces: { receivers: ["otlp"], processors, exporters: [exporter] },
        ...(metricsEndpoints.length > 0 && {
          metrics: { receivers: ["otlp"], processors, exporters: Object.keys(servers) },
        }),
      },
    },
  };
}
