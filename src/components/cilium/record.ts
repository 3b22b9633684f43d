import { isFalse, isTrue } from "../../values/value";
import { asks, BY_ENDPOINT } from "../chart";
import { ciliumFlows } from "./flows";
import type { ChartComponentRecord } from "../component";
import { upgradeNotes } from "./upgrade-notes";
import { ciliumAccounts } from "./calls";
import { onKubernetes, withBundle } from "../fit";
import { serviceAccount } from "../foreign-kind";
import { pins } from "./pins";
import { ciliumWork } from "./pods";

const KUBERNETES_TABLE = "cilium/cilium Documentation/network/kubernetes/compatibility.rst, end-to-end tests";

/** Where the SPIRE is that Cilium's chart brings for mutual authentication. */
export const CILIUM_SPIRE_NAMESPACE = "cilium-spire";

export const cilium: ChartComponentRecord<"cilium"> = {
  kind: "charts",
  name: "cilium",
  title: "Cilium",
  stack: "cni",
  isUsed: ({ cni }) => cni.kind !== "vpc-cni",
  settings: ["cni"],
  docs: "docs/components/cilium-routing.md",
  charts: {
    cilium: {
      repository: "https://helm.cilium.io",
      name: "cilium",
      podsReadAt: ["1.18.12", "1.19.6"],
      protections: [
        { path: ["policyEnforcementMode"], isOff: (v) => v === "never", protects: "network policy" },
        { path: ["policyAuditMode"], isOff: isTrue, protects: "network policy" },
        { path: ["hubble", "tls", "enabled"], isOff: isFalse, protects: "TLS between Hubble's parts" },
        {
          path: ["clustermesh", "apiserver", "tls", "authMode"],
          isOff: (v) => v === "legacy",
          protects: "an identity for each peer cluster",
        },
      ],
      requests: [
        // With the limit that the chart suggests: it grows with the node's endpoints and the policies that select them.
        asks("resources", 100, 512, 4096),
        asks("initResources", 10, 64, 256),
        asks("cni/resources", 10, 32, 1024),
        asks("envoy/resources", 50, 128, 1024),
        asks("operator/resources", 100, 128, 1024),
        asks("certgen/resources", 10, 32, 128),
        asks("hubble/relay/resources", 25, 64, 512),
        asks("hubble/ui/frontend/resources", 10, 32, 128),
        asks("hubble/ui/backend/resources", 25, 64, 256),
        asks("clustermesh/apiserver/resources", 100, 128, 512),
        asks("clustermesh/apiserver/etcd/resources", 100, 256, 1024),
        asks("clustermesh/apiserver/etcd/init/resources", 10, 32, 128),
        asks("clustermesh/apiserver/kvstoremesh/resources", 100, 128, 512),
        asks("authentication/mutual/spire/install/server/resources", 50, 128, 512),
        asks("authentication/mutual/spire/install/agent/resources", 25, 64, 256),
      ],
      callsOut: BY_ENDPOINT,
    },
  },
  pins,
  namespaces: { "cilium-secrets": "not closed", [CILIUM_SPIRE_NAMESPACE]: "not closed" },
  uis: {
    hubble: {
      namespace: "kube-system",
      // install/kubernetes/cilium/templates/hubble-ui/service.yaml
      service: "hubble-ui",
      port: 80,
      scheme: "http",
      key: "cni.hubble.ui: true, of a cni with Cilium",
      isThere: ({ cni }) => cni.kind !== "vpc-cni" && cni.hubble.ui,
      login: () => ["it asks for no login: whoever reaches it sees all flows"],
    },
  },
  metricsOnNodes: { "cilium-agent": 9962, "cilium-operator": 9963, hubble: 9965 },
  monitors: {
    "cilium-agent": {
      namespace: "kube-system",
      pods: { "k8s-app": "cilium" },
      ports: ["prometheus", "hubble-metrics"],
    },
    "cilium-operator": { namespace: "kube-system", pods: { name: "cilium-operator" }, ports: ["prometheus"] },
  },
  registries: ["quay.io"],
  roles: { "cilium-operator": ({ config }) => config.cni.kind === "cilium-eni" },
  pods: {
    cilium: {
      of: "cilium",
      labels: {
        "k8s-app": "cilium",
        "app.kubernetes.io/name": "cilium-agent",
        "app.kubernetes.io/part-of": "cilium",
      },
      serviceAccount: "cilium",
      ports: { health: 9879, "peer-service": 4244, prometheus: 9962, "hubble-metrics": 9965 },
      hostNetwork: true,
      work: ciliumWork.cilium,
    },
    "cilium-operator": {
      of: "cilium",
      labels: {
        name: "cilium-operator",
        "io.cilium/app": "operator",
        "app.kubernetes.io/name": "cilium-operator",
        "app.kubernetes.io/part-of": "cilium",
      },
      serviceAccount: "cilium-operator",
      ports: { health: 9234, prometheus: 9963 },
      hostNetwork: true,
      work: ciliumWork["cilium-operator"],
    },
    "hubble-relay": {
      of: "cilium",
      labels: {
        "k8s-app": "hubble-relay",
        "app.kubernetes.io/name": "hubble-relay",
        "app.kubernetes.io/part-of": "cilium",
      },
      serviceAccount: "hubble-relay",
      ports: { grpc: 4245 },
      quiet: true,
      with: "hubble.relay.enabled",
      work: ciliumWork["hubble-relay"],
    },
    "hubble-ui": {
      of: "cilium",
      labels: {
        "k8s-app": "hubble-ui",
        "app.kubernetes.io/name": "hubble-ui",
        "app.kubernetes.io/part-of": "cilium",
      },
      serviceAccount: "hubble-ui",
      ports: { http: 8081, grpc: 8090 },
      with: "hubble.ui.enabled",
      work: ciliumWork["hubble-ui"],
    },
    "clustermesh-apiserver": {
      of: "cilium",
      labels: {
        "k8s-app": "clustermesh-apiserver",
        "app.kubernetes.io/name": "clustermesh-apiserver",
        "app.kubernetes.io/part-of": "cilium",
      },
      serviceAccount: "clustermesh-apiserver",
      ports: { etcd: 2379 },
      with: "clustermesh.useAPIServer",
      work: ciliumWork["clustermesh-apiserver"],
    },
    "cilium-envoy": {
      of: "cilium",
      labels: { "k8s-app": "cilium-envoy", name: "cilium-envoy", "app.kubernetes.io/name": "cilium-envoy" },
      serviceAccount: "cilium-envoy",
      hostNetwork: true,
      quiet: true,
      work: ciliumWork["cilium-envoy"],
    },
    "hubble-generate-certs": {
      of: "cilium",
      labels: { "k8s-app": "hubble-generate-certs" },
      serviceAccount: "hubble-generate-certs",
      work: ciliumWork["hubble-generate-certs"],
    },
    "hubble-generate-certs-job": {
      of: "cilium",
      labels: { "k8s-app": "hubble-generate-certs" },
      serviceAccount: "hubble-generate-certs",
      work: ciliumWork["hubble-generate-certs-job"],
    },
    "spire-agent": {
      of: "cilium",
      namespace: CILIUM_SPIRE_NAMESPACE,
      labels: { app: "spire-agent" },
      serviceAccount: "spire-agent",
      hostNetwork: true,
      with: "authentication.mutual.spire.install.enabled",
      work: ciliumWork["spire-agent"],
    },
    "spire-server": {
      of: "cilium",
      namespace: CILIUM_SPIRE_NAMESPACE,
      labels: { app: "spire-server" },
      serviceAccount: "spire-server",
      with: "authentication.mutual.spire.install.enabled",
      work: ciliumWork["spire-server"],
    },
  },
  calls: ciliumAccounts,
  fits: [
    onKubernetes(">=1.18 <1.19", ">=1.30 <1.34", "1.30 to 1.33", KUBERNETES_TABLE, "2026-08"),
    onKubernetes(">=1.19 <1.20", ">=1.32 <1.36", "1.32 to 1.35", KUBERNETES_TABLE, "2026-08"),
    withBundle("1.18", "1.3", "Gateway API CRDs of the time of Cilium 1.18, its page not read"),
    withBundle("1.19", "1.4", "third-party page on Cilium 1.19, Cilium's own not read"),
  ],
  // Its operator makes them, as it starts.
  flows: ciliumFlows,
  crds: {
    "cilium.io": [
      "CiliumBGPAdvertisement",
      "CiliumBGPClusterConfig",
      "CiliumBGPNodeConfig",
      "CiliumBGPNodeConfigOverride",
      "CiliumBGPPeerConfig",
      "CiliumBGPPeeringPolicy",
      "CiliumCIDRGroup",
      "CiliumClusterwideEnvoyConfig",
      "CiliumClusterwideNetworkPolicy",
      "CiliumEgressGatewayPolicy",
      "CiliumEndpoint",
      "CiliumEndpointSlice",
      "CiliumEnvoyConfig",
      "CiliumGatewayClassConfig",
      "CiliumIdentity",
      "CiliumL2AnnouncementPolicy",
      "CiliumLoadBalancerIPPool",
      "CiliumLocalRedirectPolicy",
      "CiliumNetworkPolicy",
      "CiliumNode",
      "CiliumNodeConfig",
      "CiliumPodIPPool",
    ],
  },
  // Cilium 1.18 to 1.20: any address, and listeners of the node's own proxy.
  foreign: [
    { group: "cilium.io", kind: "CiliumLocalRedirectPolicy", resource: "ciliumlocalredirectpolicies" },
    {
      group: "cilium.io",
      kind: "CiliumEnvoyConfig",
      resource: "ciliumenvoyconfigs",
      // For Gateways and Ingresses of its own class.
      madeBy: serviceAccount("kube-system", "cilium-operator"),
    },
  ],
  upgrade: {
    phase: "CNI",
    restarts: "the agent of each node in turn; connections go on, L7 and DNS policies pause meanwhile",
    inPlace: { minors: 1, source: "cilium/cilium Documentation/operations/upgrade.rst" },
    notes: upgradeNotes,
  },
};
