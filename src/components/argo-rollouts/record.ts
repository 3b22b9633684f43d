import { asks, env } from "../chart";
import type { ChartComponentRecord } from "../component";
import { pins } from "./pins";
import { argoRolloutsWork } from "./pods";

export const ROLLOUTS_NAMESPACE = "argo-rollouts";

export const argoRollouts: ChartComponentRecord<"argo-rollouts"> = {
  kind: "charts",
  name: "argo-rollouts",
  stack: "gitops",
  isUsed: ({ gitops }) => gitops?.rollouts === true,
  settings: ["gitops", "rollouts"],
  docs: "docs/components/gitops.md",
  charts: {
    "argo-rollouts": {
      repository: "https://argoproj.github.io/argo-helm",
      name: "argo-rollouts",
      podsReadAt: ["2.41.0"],
      requests: [asks("controller/resources", 50, 128, 512)],
      callsOut: [env("controller.extraEnv")],
    },
  },
  pins,
  namespaces: { [ROLLOUTS_NAMESPACE]: { open: [], metrics: [8090] } },
  registries: ["ghcr.io", "quay.io"],
  pods: {
    "argo-rollouts": {
      of: "argo-rollouts",
      labels: {
        "app.kubernetes.io/name": "argo-rollouts",
        "app.kubernetes.io/component": "rollouts-controller",
      },
      serviceAccount: "argo-rollouts",
      ports: { metrics: 8090, healthz: 8080 },
      work: argoRolloutsWork["argo-rollouts"],
    },
  },
  crds: {
    "argoproj.io": ["AnalysisRun", "AnalysisTemplate", "ClusterAnalysisTemplate", "Experiment", "Rollout"],
  },
  upgrade: { phase: "charts", restarts: "its controller; a rollout in progress waits" },
};
