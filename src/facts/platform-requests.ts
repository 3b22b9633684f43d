/** What one container of a chart asks for, and the memory at which it is stopped. No limit of CPU: it only slows down. */
export interface ContainerRequests {
  /** Where the chart has its resources. */
  readonly path: readonly string[];
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly memoryLimitMiB: number;
}

/**
 * Requests of the platform's own pods by the names of charts: each container that a chart can render with our values, found by
 * rendering all of them (octarine render). Without requests nothing can be placed, an autoscaler has nothing to measure by,
 * and a pod of class system-cluster-critical is the first that a full node stops. Figures are the charts' own where they
 * suggest any (values.yaml at the pinned versions), else estimates for some tens of nodes; what grows with the cluster has a
 * limit well above. Where a figure depends on the target, its module lays its own on top.
 */
const of = (
  path: string,
  cpuMillicores: number,
  memoryMiB: number,
  memoryLimitMiB: number,
): ContainerRequests => ({ path: path.split("/"), cpuMillicores, memoryMiB, memoryLimitMiB });

const istio: Readonly<Record<string, readonly ContainerRequests[]>> = {
  base: [],
  istiod: [of("resources", 500, 2048, 4096)],
  cni: [of("resources", 100, 100, 512)],
  ztunnel: [of("resources", 200, 512, 2048)],
  gateway: [of("resources", 100, 128, 1024)],
};

const cilium: readonly ContainerRequests[] = [
  // With the limit that the chart suggests: it grows with the node's endpoints and the policies that select them.
  of("resources", 100, 512, 4096),
  of("initResources", 10, 64, 256),
  of("cni/resources", 10, 32, 1024),
  of("envoy/resources", 50, 128, 1024),
  of("operator/resources", 100, 128, 1024),
  of("certgen/resources", 10, 32, 128),
  of("hubble/relay/resources", 25, 64, 512),
  of("hubble/ui/frontend/resources", 10, 32, 128),
  of("hubble/ui/backend/resources", 25, 64, 256),
  of("clustermesh/apiserver/resources", 100, 128, 512),
  of("clustermesh/apiserver/etcd/resources", 100, 256, 1024),
  of("clustermesh/apiserver/etcd/init/resources", 10, 32, 128),
  of("clustermesh/apiserver/kvstoremesh/resources", 100, 128, 512),
  of("authentication/mutual/spire/install/server/resources", 50, 128, 512),
  of("authentication/mutual/spire/install/agent/resources", 25, 64, 256),
];

const argoCd: readonly ContainerRequests[] = [
  of("controller/resources", 250, 512, 2048),
  // Both are scaled by their use of what they ask for, at half of it: idle they must be below.
  of("server/resources", 100, 256, 512),
  of("repoServer/resources", 100, 512, 1024),
  of("repoServer/copyutil/resources", 10, 64, 128),
  of("applicationSet/resources", 50, 128, 512),
  of("notifications/resources", 25, 96, 256),
  of("redisSecretInit/resources", 10, 64, 128),
  of("redis-ha/redis/resources", 100, 128, 512),
  of("redis-ha/sentinel/resources", 25, 32, 128),
  of("redis-ha/splitBrainDetection/resources", 10, 32, 128),
  of("redis-ha/init/resources", 10, 32, 128),
  of("redis-ha/haproxy/resources", 50, 128, 512),
  of("redis-ha/haproxy/init/resources", 10, 32, 128),
];

const prometheus: readonly ContainerRequests[] = [
  // Its module knows the nodes, which decide.
  of("prometheus/prometheusSpec/resources", 200, 1024, 4096),
  of("prometheusOperator/resources", 50, 128, 512),
  of("prometheusOperator/prometheusConfigReloader/resources", 10, 32, 128),
  of("prometheusOperator/admissionWebhooks/patch/resources", 10, 32, 128),
  of("alertmanager/alertmanagerSpec/resources", 20, 64, 256),
  of("kube-state-metrics/resources", 50, 128, 1024),
  of("prometheus-node-exporter/resources", 25, 32, 128),
  of("grafana/resources", 100, 256, 1024),
  of("grafana/sidecar/resources", 20, 96, 256),
];

export const platformRequests: Readonly<Record<string, readonly ContainerRequests[]>> = {
  ...istio,
  cilium,
  "argo-cd": argoCd,
  "kube-prometheus-stack": prometheus,
  "argo-rollouts": [of("controller/resources", 50, 128, 512)],
  "aws-for-fluent-bit": [of("resources", 50, 64, 256)],
  "aws-load-balancer-controller": [of("resources", 100, 128, 512)],
  "aws-privateca-issuer": [of("resources", 50, 64, 128)],
  "cert-manager": [
    of("resources", 25, 96, 512),
    of("webhook/resources", 25, 64, 256),
    // It keeps all secrets of the cluster in its memory.
    of("cainjector/resources", 25, 128, 1024),
    of("startupapicheck/resources", 10, 32, 128),
  ],
  "external-dns": [of("resources", 25, 64, 256)],
  "external-secrets": [
    of("resources", 25, 128, 512),
    of("webhook/resources", 25, 64, 256),
    of("certController/resources", 25, 64, 256),
  ],
  "ingress-nginx": [
    of("controller/resources", 100, 128, 1024),
    of("controller/admissionWebhooks/createSecretJob/resources", 10, 32, 128),
    of("controller/admissionWebhooks/patchWebhookJob/resources", 10, 32, 128),
  ],
  karpenter: [of("controller/resources", 1000, 1024, 1024)],
  "karpenter-crd": [],
  keda: [
    of("resources/operator", 50, 128, 1000),
    of("resources/metricServer", 50, 96, 1000),
    of("resources/webhooks", 25, 64, 256),
  ],
  "metrics-server": [of("resources", 100, 200, 1024)],
  "node-local-dns": [of("resources", 25, 128, 128)],
  "opentelemetry-operator": [of("manager/resources", 50, 64, 256)],
  "prometheus-operator-crds": [],
  "secrets-store-csi-driver": [
    of("linux/driver/resources", 50, 100, 400),
    of("linux/registrar/resources", 10, 20, 100),
    of("linux/livenessProbe/resources", 10, 20, 100),
    of("linux/crds/resources", 10, 32, 256),
  ],
  "secrets-store-csi-driver-provider-aws": [of("resources", 50, 100, 256)],
  spire: [
    of("spire-server/resources", 100, 256, 512),
    of("spire-server/controllerManager/resources", 25, 64, 256),
    of("spire-agent/resources", 50, 64, 256),
    of("spiffe-csi-driver/resources", 25, 32, 128),
    of("global/installAndUpgradeHooks/resources", 10, 32, 128),
    of("global/deleteHooks/resources", 10, 32, 128),
  ],
  "spire-crds": [],
  velero: [
    of("resources", 100, 128, 1024),
    of("nodeAgent/resources", 50, 128, 2048),
    of("upgradeJobResources", 10, 64, 256),
    of("kubectl/resources", 10, 32, 128),
  ],
  vpa: [
    of("recommender/resources", 50, 500, 1000),
    of("updater/resources", 50, 500, 1000),
    of("admissionController/resources", 50, 200, 500),
    of("admissionController/certGen/resources", 10, 32, 128),
  ],
};

/** As Kubernetes writes them. */
export function resourcesOf({ cpuMillicores, memoryMiB, memoryLimitMiB }: Omit<ContainerRequests, "path">): {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
} {
  return {
    requests: { cpu: `${cpuMillicores}m`, memory: `${memoryMiB}Mi` },
    limits: { memory: `${memoryLimitMiB}Mi` },
  };
}
