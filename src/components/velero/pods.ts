import { at } from "../../values/value";
import { imageAt, container, type ChartWork, type Given } from "../chart-work";

const PLUGIN: Given = ({ values }) => at(values, "initContainers", 0, "image");

/** vmware-tanzu/helm-charts velero-12.1.0, rendered with the values of every sample. */
export const veleroWork = {
  velero: {
    kind: "Deployment",
    surge: 0,
    priorityClassName: "system-cluster-critical",
    init: [
      container({
        name: "velero-plugin-for-aws",
        image: PLUGIN,
        resources: ({ values }) => at(values, "initContainers", 0, "resources"),
      }),
    ],
    containers: [
      container({
        name: "velero",
        image: imageAt("image.repository", "docker.io/velero/velero"),
        resources: "resources",
        isProbed: true,
      }),
    ],
  },
  "velero-upgrade-crds": {
    kind: "Job",
    containers: [
      container({
        name: "velero",
        image: imageAt("image.repository", "docker.io/velero/velero"),
        resources: "upgradeJobResources",
      }),
    ],
  },
  "node-agent": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    securityContext: { runAsUser: 0 },
    containers: [
      container({
        name: "node-agent",
        image: imageAt("image.repository", "docker.io/velero/velero"),
        resources: "nodeAgent.resources",
      }),
    ],
    hostPaths: { "host-pods": "/var/lib/kubelet/pods", "host-plugins": "/var/lib/kubelet/plugins" },
  },
} satisfies Readonly<Record<string, ChartWork>>;
