import { ACME_SOLVER_IMAGE, istioProxy, VELERO_IMAGE } from "../../src/facts/injected-containers";
import type { ChartValue, ChartValues } from "../../src/modules/chart-values";
import type { Manifest } from "../../src/modules/manifest";
import { istiodValues } from "../../src/components/istio/istio-values";
import { container, pod, podSpec } from "./admission-objects";

/**
 * Pods as the platform's components make or change them in the namespaces of teams. Shapes of Istio 1.29.6 (chart istiod,
 * files/injection-template.yaml, waypoint.yaml, kube-gateway.yaml), cert-manager 1.21.1 (pkg/issuer/acme/http/pod.go),
 * Velero 1.18.1 (pkg/restore/actions/pod_volume_restore_action.go).
 */

const values = istiodValues({
  ambient: false,
  meshId: "acme",
  trustDomain: "acme.internal",
  clusterName: "dev-us-east-1",
  network: "dev-us-east-1",
  replicas: { min: 2, max: 5 },
  accessLogs: false,
  multiCluster: false,
  failover: {},
  outbound: "registry-only",
  proxySeccomp: true,
}) as unknown as {
  readonly global: {
    readonly proxy: { readonly resources: ChartValues; readonly seccompProfile: ChartValues };
    readonly waypoint: { readonly resources: ChartValues };
  };
  readonly gateways: { readonly seccompProfile: ChartValues };
};
const { proxy, waypoint } = values.global;

const PROXY_IMAGE = `${istioProxy.image}:1.29.6`;

const asProxy: ChartValues = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsGroup: 1337,
  runAsNonRoot: true,
  runAsUser: 1337,
};

const probe = (seconds: number): ChartValues => ({
  httpGet: { path: "/healthz/ready", port: 15021 },
  periodSeconds: seconds,
  timeoutSeconds: 3,
});

const proxyVolumes: ChartValue[] = [
  ...["workload-socket", "credential-socket", "workload-certs", "istio-data"].map((name) => ({
    name,
    emptyDir: {},
  })),
  { name: "istio-envoy", emptyDir: { medium: "Memory" } },
  {
    name: "istio-podinfo",
    downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] },
  },
  {
    name: "istio-token",
    projected: {
      sources: [
        { serviceAccountToken: { path: "istio-token", expirationSeconds: 43200, audience: "istio-ca" } },
      ],
    },
  },
  { name: "istiod-ca-cert", configMap: { name: "istio-ca-root-cert" } },
];

function sidecar(over: ChartValues): ChartValues {
  return {
    name: "istio-proxy",
    image: PROXY_IMAGE,
    args: ["proxy", "sidecar"],
    ports: [{ containerPort: 15090, protocol: "TCP", name: "http-envoy-prom" }],
    startupProbe: probe(1),
    readinessProbe: probe(15),
    securityContext: { ...asProxy, seccompProfile: proxy.seccompProfile },
    resources: proxy.resources,
    ...over,
  };
}

const validation: ChartValues = {
  name: "istio-validation",
  image: PROXY_IMAGE,
  args: ["istio-iptables", "--run-validation", "--skip-rule-apply"],
  securityContext: { ...asProxy, seccompProfile: proxy.seccompProfile },
  resources: proxy.resources,
};

/** A pod of a team's with its sidecar: as a container that stays (`native`), or beside the others. */
export function withSidecar({ native = true, namespace = "shop", over = {} } = {}): Manifest {
  const spec = native
    ? podSpec(
        {},
        {
          initContainers: [validation, sidecar({ restartPolicy: "Always", ...over })],
          volumes: proxyVolumes,
        },
      )
    : {
        containers: [{ ...container }, sidecar(over)],
        initContainers: [validation],
        volumes: proxyVolumes,
      };
  return pod(spec, namespace);
}

function ownDeployment(name: string, spec: ChartValues, namespace = "shop"): Manifest {
  const labels = { "gateway.networking.k8s.io/gateway-name": name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

const waypointSpec: ChartValues = {
  containers: [
    {
      name: "istio-proxy",
      image: PROXY_IMAGE,
      args: ["proxy", "waypoint"],
      startupProbe: probe(1),
      readinessProbe: probe(15),
      resources: waypoint.resources,
      securityContext: { ...asProxy, seccompProfile: values.gateways.seccompProfile },
    },
  ],
  volumes: proxyVolumes,
};

const gatewaySpec: ChartValues = {
  securityContext: {
    sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
    seccompProfile: values.gateways.seccompProfile,
  },
  containers: [
    {
      name: "istio-proxy",
      image: PROXY_IMAGE,
      args: ["proxy", "router"],
      startupProbe: probe(1),
      readinessProbe: probe(15),
      resources: proxy.resources,
      securityContext: asProxy,
    },
  ],
  volumes: proxyVolumes,
};

const solverSpec: ChartValues = {
  automountServiceAccountToken: false,
  restartPolicy: "OnFailure",
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "acmesolver",
      image: `${ACME_SOLVER_IMAGE}:v1.21.1`,
      resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
      },
    },
  ],
};

/** Velero gives its container the first one's security context. */
const restored = podSpec(
  {},
  {
    initContainers: [
      {
        name: "restore-wait",
        image: `${VELERO_IMAGE}:v1.18.1`,
        command: ["/velero-restore-helper"],
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "100m", memory: "128Mi" } },
        securityContext: container.securityContext,
      },
    ],
  },
);

/** What a namespace of teams must take, by what it is. */
export const injected: readonly (readonly [string, Manifest])[] = [
  ["a pod with a sidecar of Istio", withSidecar()],
  ["a pod whose sidecar is not an init container", withSidecar({ native: false })],
  ["a waypoint's deployment", ownDeployment("waypoint", waypointSpec)],
  ["a waypoint's pod", pod(waypointSpec)],
  ["a deployment that istiod makes for a gateway", ownDeployment("web-istio", gatewaySpec)],
  ["a pod of such a gateway", pod(gatewaySpec)],
  ["a pod that solves a challenge of cert-manager's", pod(solverSpec)],
  ["a restored pod that waits for its files", pod(restored)],
];
