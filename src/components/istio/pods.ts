import { at } from "../../values/value";
import { given, imageAt, over, container, DROPS_ALL, type ChartWork } from "../chart-work";

/** istio/istio 1.27.9 and 1.29.6, manifests/charts, rendered with the values of every sample. */
export const istioWork = {
  istiod: {
    kind: "Deployment",
    replicas: given("autoscaleMax"),
    surge: "100%",
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "discovery",
        image: imageAt("global.hub", "docker.io/istio", "/pilot"),
        resources: "resources",
        securityContext: { ...DROPS_ALL, runAsNonRoot: true },
        isProbed: true,
      }),
    ],
  },
  "istio-cni-node": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "install-cni",
        image: imageAt("global.hub", "docker.io/istio", "/install-cni"),
        resources: "resources",
        securityContext: {
          capabilities: {
            drop: ["ALL"],
            add: ["NET_ADMIN", "NET_RAW", "SYS_PTRACE", "SYS_ADMIN", "DAC_OVERRIDE"],
          },
          runAsNonRoot: false,
          runAsUser: 0,
        },
        isProbed: true,
      }),
    ],
    hostPaths: {
      "cni-bin-dir": "/opt/cni/bin",
      "cni-host-procfs": "/proc",
      "cni-net-dir": "/etc/cni/net.d",
      "cni-socket-dir": "/var/run/istio-cni",
      "cni-netns-dir": "/var/run/netns",
      "cni-ztunnel-sock-dir": ({ values }) =>
        at(values, "profile") === "ambient" ? "/var/run/ztunnel" : undefined,
    },
  },
  gateway: {
    kind: "Deployment",
    replicas: given("autoscaling.maxReplicas"),
    securityContext: { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] },
    containers: [
      container({
        name: "istio-proxy",
        image: "auto",
        resources: over("resources", { limits: { cpu: "2000m" } }),
        securityContext: { ...DROPS_ALL, runAsNonRoot: true, runAsUser: 1337 },
      }),
    ],
  },
  ztunnel: {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "istio-proxy",
        image: imageAt("hub", "docker.io/istio", "/ztunnel"),
        resources: "resources",
        securityContext: {
          allowPrivilegeEscalation: true,
          capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "SYS_ADMIN", "NET_RAW"] },
          runAsNonRoot: false,
          runAsUser: 0,
        },
        isProbed: true,
      }),
    ],
    hostPaths: { "cni-ztunnel-sock-dir": "/var/run/ztunnel" },
  },
} satisfies Readonly<Record<string, ChartWork>>;
