import { at } from "../../values/value";
import {
  given,
  imageAt,
  over,
  when,
  since,
  container,
  CONFINED,
  DROPS_ALL,
  RESTRICTED,
  isOn,
  type ChartWork,
  type Given,
} from "../chart-work";

/** Where mutual authentication by the SPIRE that the chart brings is turned on. */
const SPIRE = "authentication.mutual.spire.install.enabled";

/** The chart adds the cloud to it. */
const OPERATOR_IMAGE: Given = (release) =>
  imageAt(
    "operator.image.repository",
    "quay.io/cilium/operator",
    isOn(at(release.values, "eni", "enabled")) ? "-aws" : "-generic",
  )(release);

/** SELinux lets it do what it has to on the node. */
const SPC = { seLinuxOptions: { level: "s0", type: "spc_t" } };
const CGROUPS = { capabilities: { add: ["SYS_ADMIN", "SYS_CHROOT", "SYS_PTRACE"], drop: ["ALL"] }, ...SPC };
const AGENT_IMAGE = imageAt("image.repository", "quay.io/cilium/cilium");
/** Since it certificates are made by a job of their own, and again and again by one that comes back. */
const isMade: NonNullable<ChartWork["isMade"]> = ({ values }) =>
  at(values, "hubble", "tls", "auto", "method") === "cronJob";

const certgen = {
  isMade,
  securityContext: CONFINED,
  containers: [
    container({
      name: "certgen",
      image: imageAt("certgen.image.repository", "quay.io/cilium/certgen"),
      resources: "certgen.resources",
      securityContext: DROPS_ALL,
    }),
  ],
};

/** cilium/charts 1.18.12 and 1.19.6, with the values of every sample. */
export const ciliumWork = {
  cilium: {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    securityContext: { seccompProfile: { type: "Unconfined" }, appArmorProfile: { type: "Unconfined" } },
    init: [
      container({
        name: "config",
        image: AGENT_IMAGE,
        resources: "initResources",
        securityContext: since("1.19", { capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] } }),
      }),
      container({
        name: "mount-cgroup",
        image: AGENT_IMAGE,
        resources: since("1.19", given("initResources")),
        securityContext: CGROUPS,
      }),
      container({
        name: "apply-sysctl-overwrites",
        image: AGENT_IMAGE,
        resources: "initResources",
        securityContext: CGROUPS,
      }),
      container({
        name: "mount-bpf-fs",
        image: AGENT_IMAGE,
        resources: "initResources",
        securityContext: { privileged: true },
      }),
      container({
        name: "clean-cilium-state",
        image: AGENT_IMAGE,
        resources: "initResources",
        securityContext: {
          capabilities: { add: ["NET_ADMIN", "SYS_MODULE", "SYS_ADMIN", "SYS_RESOURCE"], drop: ["ALL"] },
          ...SPC,
        },
      }),
      container({
        name: "install-cni-binaries",
        image: AGENT_IMAGE,
        resources: (release) =>
          over("cni.resources", release.version.startsWith("1.18") ? {} : { limits: { cpu: 1 } })(release),
        securityContext: { capabilities: { drop: ["ALL"] }, ...SPC },
      }),
    ],
    containers: [
      container({
        name: "cilium-agent",
        image: AGENT_IMAGE,
        resources: "resources",
        securityContext: {
          capabilities: {
            add: [
              "CHOWN",
              "KILL",
              "NET_ADMIN",
              "NET_RAW",
              "IPC_LOCK",
              "SYS_MODULE",
              "SYS_ADMIN",
              "SYS_RESOURCE",
              "DAC_OVERRIDE",
              "FOWNER",
              "SETGID",
              "SETUID",
              since("1.19", "SYSLOG"),
            ],
            drop: ["ALL"],
          },
          ...SPC,
        },
        isProbed: true,
      }),
    ],
    hostPaths: {
      "cilium-run": "/var/run/cilium",
      "cilium-netns": "/var/run/netns",
      "bpf-maps": "/sys/fs/bpf",
      hostproc: "/proc",
      "cilium-cgroup": "/run/cilium/cgroupv2",
      "cni-path": "/opt/cni/bin",
      "etc-cni-netd": "/etc/cni/net.d",
      "lib-modules": "/lib/modules",
      "xtables-lock": "/run/xtables.lock",
      "envoy-sockets": "/var/run/cilium/envoy/sockets",
      "host-proc-sys-net": "/proc/sys/net",
      "host-proc-sys-kernel": "/proc/sys/kernel",
      "spire-agent-socket": when(SPIRE, "/run/spire/sockets"),
    },
  },
  "cilium-envoy": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    securityContext: { appArmorProfile: { type: "Unconfined" } },
    containers: [
      container({
        name: "cilium-envoy",
        image: imageAt("envoy.image.repository", "quay.io/cilium/cilium-envoy"),
        resources: "envoy.resources",
        securityContext: {
          capabilities: { add: ["NET_ADMIN", "SYS_ADMIN"], drop: ["ALL"] },
          ...SPC,
        },
        isProbed: true,
      }),
    ],
    hostPaths: {
      "envoy-sockets": "/var/run/cilium/envoy/sockets",
      "envoy-artifacts": "/var/run/cilium/envoy/artifacts",
      "bpf-maps": "/sys/fs/bpf",
    },
  },
  "cilium-operator": {
    kind: "Deployment",
    replicas: given("operator.replicas"),
    priorityClassName: "system-cluster-critical",
    securityContext: CONFINED,
    containers: [
      container({
        name: "cilium-operator",
        image: OPERATOR_IMAGE,
        resources: "operator.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
    hostPaths: { "spire-agent-socket": when(SPIRE, "/run/spire/sockets/agent") },
  },
  "hubble-relay": {
    kind: "Deployment",
    securityContext: CONFINED,
    containers: [
      container({
        name: "hubble-relay",
        image: imageAt("hubble.relay.image.repository", "quay.io/cilium/hubble-relay"),
        resources: "hubble.relay.resources",
        securityContext: { ...RESTRICTED, runAsUser: 65532 },
        isProbed: true,
      }),
    ],
  },
  "hubble-ui": {
    kind: "Deployment",
    securityContext: { runAsUser: 1001 },
    containers: [
      container({
        name: "frontend",
        image: imageAt("hubble.ui.frontend.image.repository", "quay.io/cilium/hubble-ui"),
        resources: "hubble.ui.frontend.resources",
        securityContext: { allowPrivilegeEscalation: false },
        isProbed: true,
      }),
      container({
        name: "backend",
        image: imageAt("hubble.ui.backend.image.repository", "quay.io/cilium/hubble-ui-backend"),
        resources: "hubble.ui.backend.resources",
        securityContext: { allowPrivilegeEscalation: false },
      }),
    ],
  },
  "hubble-generate-certs-job": { kind: "Job", ...certgen },
  "hubble-generate-certs": { kind: "CronJob", ...certgen },
  "clustermesh-apiserver": {
    kind: "Deployment",
    replicas: given("clustermesh.apiserver.replicas"),
    surge: 1,
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true, runAsUser: 65532 },
    init: [
      container({
        name: "etcd-init",
        image: imageAt("clustermesh.apiserver.image.repository", "quay.io/cilium/clustermesh-apiserver"),
        resources: "clustermesh.apiserver.etcd.init.resources",
        securityContext: DROPS_ALL,
      }),
    ],
    containers: [
      container({
        name: "etcd",
        image: imageAt("clustermesh.apiserver.image.repository", "quay.io/cilium/clustermesh-apiserver"),
        resources: "clustermesh.apiserver.etcd.resources",
        securityContext: DROPS_ALL,
      }),
      container({
        name: "apiserver",
        image: imageAt("clustermesh.apiserver.image.repository", "quay.io/cilium/clustermesh-apiserver"),
        resources: "clustermesh.apiserver.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
      container({
        name: "kvstoremesh",
        image: imageAt("clustermesh.apiserver.image.repository", "quay.io/cilium/clustermesh-apiserver"),
        resources: "clustermesh.apiserver.kvstoremesh.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
  },
  "spire-agent": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    hostPID: true,
    init: [
      container({
        name: "init",
        image: imageAt(
          "authentication.mutual.spire.install.initImage.repository",
          "docker.io/library/busybox",
        ),
      }),
    ],
    containers: [
      container({
        name: "spire-agent",
        image: imageAt(
          "authentication.mutual.spire.install.agent.image.repository",
          "ghcr.io/spiffe/spire-agent",
        ),
        resources: "authentication.mutual.spire.install.agent.resources",
        isProbed: true,
      }),
    ],
    hostPaths: { "spire-agent-socket": "/run/spire/sockets" },
  },
  "spire-server": {
    kind: "StatefulSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "cilium-init",
        image: imageAt(
          "authentication.mutual.spire.install.initImage.repository",
          "docker.io/library/busybox",
        ),
      }),
      container({
        name: "spire-server",
        image: imageAt(
          "authentication.mutual.spire.install.server.image.repository",
          "ghcr.io/spiffe/spire-server",
        ),
        resources: "authentication.mutual.spire.install.server.resources",
        isProbed: true,
      }),
    ],
    hostPaths: { "spire-server-socket": "/var/run/spire-server/sockets" },
  },
} satisfies Readonly<Record<string, ChartWork>>;
