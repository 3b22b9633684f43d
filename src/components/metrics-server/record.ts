import { asks, IN_CLUSTER } from "../chart";
import { readsKubelets } from "../flow";
import type { ChartComponentRecord } from "../component";
import { onKubernetes } from "../fit";
import { pins } from "./pins";
import { metricsServerWork } from "./pods";

/** Port that the control plane calls; 10250 on the host network is the kubelet's. */
export function metricsServerPort(hostNetwork: boolean): number {
  return hostNetwork ? 4443 : 10250;
}

export const metricsServer: ChartComponentRecord<"metrics-server"> = {
  kind: "charts",
  name: "metrics-server",
  stack: "autoscaling",
  isUsed: ({ metricsServer }) => metricsServer !== undefined,
  settings: ["metricsServer"],
  docs: "docs/components/pod-scaling.md",
  charts: {
    "metrics-server": {
      repository: "https://kubernetes-sigs.github.io/metrics-server/",
      name: "metrics-server",
      podsReadAt: ["3.13.1"],
      requests: [asks("resources", 100, 200, 1024)],
      callsOut: IN_CLUSTER,
    },
  },
  pins,
  called: (onNodes) => ({ "metrics-server": metricsServerPort(onNodes) }),
  registries: ["registry.k8s.io"],
  pods: {
    "metrics-server": {
      of: "metrics-server",
      labels: { "app.kubernetes.io/name": "metrics-server" },
      serviceAccount: "metrics-server",
      ports: { https: 10250 },
      hostNetwork: "hostNetwork.enabled",
      called: "metrics-server",
      work: metricsServerWork["metrics-server"],
    },
  },
  flows: readsKubelets("metrics-server"),
  fits: [
    onKubernetes(
      ">=3.13 <3.14",
      ">=1.31",
      "1.31 or later",
      "kubernetes-sigs/metrics-server README, 0.8.x",
      "2026-06-16",
    ),
  ],
  upgrade: { phase: "charts", restarts: "it; autoscalers by CPU wait meanwhile" },
};
