import { imageAt, over, container, type ChartWork } from "../chart-work";

/** kubernetes-sigs/secrets-store-csi-driver chart 1.6.0, rendered with the values of every sample. */
export const secretsStoreCsiDriverWork = {
  "secrets-store-csi-driver": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "node-driver-registrar",
        image: imageAt(
          "linux.registrarImage.repository",
          "registry.k8s.io/sig-storage/csi-node-driver-registrar",
        ),
        resources: over("linux.registrar.resources", { limits: { cpu: "100m" } }),
      }),
      container({
        name: "secrets-store",
        image: imageAt("linux.image.repository", "registry.k8s.io/csi-secrets-store/driver"),
        resources: over("linux.driver.resources", { limits: { cpu: "200m" } }),
        securityContext: { privileged: true },
      }),
      container({
        name: "liveness-probe",
        image: imageAt("linux.livenessProbeImage.repository", "registry.k8s.io/sig-storage/livenessprobe"),
        resources: over("linux.livenessProbe.resources", { limits: { cpu: "100m" } }),
      }),
    ],
    hostPaths: {
      "mountpoint-dir": "/var/lib/kubelet/pods",
      "registration-dir": "/var/lib/kubelet/plugins_registry/",
      "plugin-dir": "/var/lib/kubelet/plugins/csi-secrets-store/",
      "providers-dir": "/var/run/secrets-store-csi-providers",
      "providers-dir-0": "/etc/kubernetes/secrets-store-csi-providers",
    },
  },
  "secrets-store-csi-driver-upgrade-crds": {
    kind: "Job",
    containers: [
      container({
        name: "crds-upgrade",
        image: imageAt("linux.crds.image.repository", "registry.k8s.io/csi-secrets-store/driver-crds"),
        resources: "linux.crds.resources",
      }),
    ],
  },
  "secrets-store-csi-driver-keep-crds": {
    kind: "Job",
    containers: [
      container({
        name: "crds-keep",
        image: imageAt("linux.crds.image.repository", "registry.k8s.io/csi-secrets-store/driver-crds"),
        resources: "linux.crds.resources",
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;
