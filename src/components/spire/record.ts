import { asks, IN_CLUSTER, type ChartPods } from "../chart";
import type { ChartComponentRecord } from "../component";
import { pins } from "./pins";
import { spireWork } from "./pods";

/** Port of the controller manager's webhook (spire chart 0.30, spire-server). On the host network there is none: the chart has no way. */
export const SPIRE_WEBHOOK_PORT = 9443;
/** A Job that turns the webhook off while its server is changed. */
function hook(name: keyof typeof hooks): ChartPods {
  return {
    of: "spire",
    namespace: "spire-server",
    labels: {},
    serviceAccount: `spire-server-${name}`,
    work: hooks[name],
  };
}
const hooks = {
  "post-install": spireWork["spire-server-post-install"],
  "post-upgrade": spireWork["spire-server-post-upgrade"],
  "pre-upgrade": spireWork["spire-server-pre-upgrade"],
};

export const spire: ChartComponentRecord<"spire"> = {
  kind: "charts",
  name: "spire",
  stack: "identity",
  isUsed: ({ identity }) => identity?.kind === "spire",
  settings: ["identity"],
  docs: "docs/components/identity.md",
  charts: {
    spire: {
      repository: "https://spiffe.github.io/helm-charts-hardened/",
      name: "spire",
      namespaces: {
        "spire-server": { "pod-security.kubernetes.io/enforce": "restricted" },
        "spire-system": { "pod-security.kubernetes.io/enforce": "privileged" },
      },
      podsReadAt: ["0.30.0"],
      requests: [
        asks("spire-server/resources", 100, 256, 512),
        asks("spire-server/controllerManager/resources", 25, 64, 256),
        asks("spire-agent/resources", 50, 64, 256),
        asks("spiffe-csi-driver/resources", 25, 32, 128),
        asks("global/installAndUpgradeHooks/resources", 10, 32, 128),
        asks("global/deleteHooks/resources", 10, 32, 128),
      ],
      callsOut: IN_CLUSTER,
    },
  },
  pins,
  namespaces: {
    spire: "not closed",
    "spire-mgmt": "not closed",
    "spire-server": "not closed",
    "spire-system": "not closed",
  },
  called: (onNodes): Record<string, number> =>
    onNodes ? {} : { "spire-controller-manager": SPIRE_WEBHOOK_PORT },
  registries: ["cgr.dev", "docker.io", "ghcr.io", "registry.k8s.io"],
  pods: {
    "spire-server": {
      of: "spire",
      namespace: "spire-server",
      labels: { "app.kubernetes.io/name": "server", "app.kubernetes.io/component": "server" },
      serviceAccount: "spire-server",
      ports: { grpc: 8081, https: SPIRE_WEBHOOK_PORT },
      called: "spire-controller-manager",
      work: spireWork["spire-server"],
    },
    "spire-agent": {
      of: "spire",
      namespace: "spire-system",
      labels: { "app.kubernetes.io/name": "agent", "app.kubernetes.io/component": "default" },
      serviceAccount: "spire-agent",
      ports: { healthz: 9982 },
      hostNetwork: true,
      work: spireWork["spire-agent"],
    },
    "spire-spiffe-csi-driver": {
      of: "spire",
      namespace: "spire-system",
      labels: { "app.kubernetes.io/name": "spiffe-csi-driver" },
      serviceAccount: "spire-spiffe-csi-driver",
      quiet: true,
      work: spireWork["spire-spiffe-csi-driver"],
    },
    "spire-server-post-install": hook("post-install"),
    "spire-server-post-upgrade": hook("post-upgrade"),
    "spire-server-pre-upgrade": hook("pre-upgrade"),
  },
  flows: () => [
    {
      kind: "between nodes",
      from: { pods: "spire-agent" },
      to: { pods: "spire-server" },
      port: 8081,
      protocol: "TCP",
      why: "agents of SPIRE ask its server",
      source: "spiffe/helm-charts-hardened spire-0.30.0, spire-agent: server.port",
    },
  ],
  fits: [
    {
      needs: "spire-crds",
      versions: ">=0.30 <0.31",
      range: ">=0.6 <0.7",
      says: "0.6.x",
      source: "spiffe/helm-charts-hardened, released together",
      sourceDate: "2026-08-02",
    },
  ],
  upgrade: { phase: "charts", restarts: "server and agents; certificates that were issued stay valid" },
};
