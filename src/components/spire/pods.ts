import { imageAt, container, RESTRICTED, type ChartWork } from "../chart-work";

/** spiffe/helm-charts-hardened spire-0.30.0, rendered with the values of every sample. */
export const spireWork = {
  "spire-spiffe-csi-driver": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "spiffe-csi-driver",
        image: imageAt("spiffe-csi-driver.image.registry", "ghcr.io", "/spiffe/spiffe-csi-driver"),
        resources: "spiffe-csi-driver.resources",
        securityContext: { privileged: true, capabilities: { drop: ["ALL"] } },
      }),
      container({
        name: "node-driver-registrar",
        image: imageAt(
          "spiffe-csi-driver.nodeDriverRegistrar.image.registry",
          "registry.k8s.io",
          "/sig-storage/csi-node-driver-registrar",
        ),
        resources: "spiffe-csi-driver.resources",
      }),
    ],
    hostPaths: {
      "spire-agent-socket-dir": "/run/spire/agent-sockets",
      "spiffe-csi-socket-dir": "/var/lib/kubelet/plugins/csi.spiffe.io",
      "mountpoint-dir": "/var/lib/kubelet/pods",
      "kubelet-plugin-registration-dir": "/var/lib/kubelet/plugins_registry",
    },
  },
  "spire-agent": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    hostPID: true,
    securityContext: { runAsUser: 1000 },
    init: [
      container({
        name: "ensure-alternate-names",
        image: imageAt("spire-agent.socketAlternate.image.registry", "cgr.dev", "/chainguard/bash"),
        resources: "spire-agent.resources",
        securityContext: { runAsUser: 0 },
      }),
      container({
        name: "fsgroupfix",
        image: imageAt("spire-agent.fsGroupFix.image.registry", "cgr.dev", "/chainguard/bash"),
        resources: "spire-agent.resources",
        securityContext: { runAsUser: 0 },
      }),
    ],
    containers: [
      container({
        name: "spire-agent",
        image: imageAt("spire-agent.image.registry", "ghcr.io", "/spiffe/spire-agent"),
        resources: "spire-agent.resources",
        isProbed: true,
      }),
    ],
    hostPaths: { "spire-agent-socket-dir": "/run/spire/agent-sockets" },
  },
  "spire-server": {
    kind: "StatefulSet",
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsUser: 1000 },
    containers: [
      container({
        name: "spire-server",
        image: imageAt("spire-server.image.registry", "ghcr.io", "/spiffe/spire-server"),
        resources: "spire-server.resources",
        securityContext: RESTRICTED,
        isProbed: true,
      }),
      container({
        name: "spire-controller-manager",
        image: imageAt(
          "spire-server.controllerManager.image.registry",
          "ghcr.io",
          "/spiffe/spire-controller-manager",
        ),
        resources: "spire-server.controllerManager.resources",
        securityContext: RESTRICTED,
        isProbed: true,
      }),
    ],
  },
  "spire-server-post-install": hookJob("post-install-job"),
  "spire-server-post-upgrade": hookJob("post-upgrade-job"),
  "spire-server-pre-upgrade": hookJob("post-install-job"),
} satisfies Readonly<Record<string, ChartWork>>;

/** A job of the chart's hooks, by the name that its one container has. */
function hookJob(name: string) {
  return {
    kind: "Job",
    securityContext: { runAsUser: 1000 },
    containers: [
      container({
        name,
        image: imageAt("spire-server.tools.kubectl.image.registry", "registry.k8s.io", "/kubectl"),
        resources: "global.installAndUpgradeHooks.resources",
        securityContext: RESTRICTED,
      }),
    ],
  } as const satisfies ChartWork;
}
