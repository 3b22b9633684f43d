import { isFalse } from "../../values/value";
import { asks, env, NO_PODS } from "../chart";
import type { ChartComponentRecord } from "../component";
import { type ForKubernetes } from "../fit";
import { pins } from "./pins";
import { karpenterWork } from "./pods";

/** Oldest version for each minor of Kubernetes. */
const oldestByKubernetes: readonly ForKubernetes[] = (
  [
    ["1.32", "1.2"],
    ["1.33", "1.5"],
    ["1.34", "1.6"],
    ["1.35", "1.9"],
    ["1.36", "1.13"],
  ] as const
).map(([minor, oldest]) => ({
  for: "control plane",
  versions: `~${minor}`,
  range: `>=${oldest}`,
  says: `${oldest} or later`,
  source: "aws/karpenter-provider-aws website/content/en/preview/upgrading/compatibility.md at v1.14.1",
  sourceDate: "2026-08-20",
}));

export const karpenter: ChartComponentRecord<"karpenter", "karpenter-crd" | "karpenter"> = {
  kind: "charts",
  name: "karpenter",
  title: "Karpenter",
  stack: "autoscaling",
  isUsed: ({ karpenter }) => karpenter !== undefined,
  settings: ["karpenter"],
  docs: "docs/components/karpenter.md",
  charts: {
    "karpenter-crd": {
      repository: "oci://public.ecr.aws/karpenter",
      name: "karpenter-crd",
      requests: [],
      callsOut: NO_PODS,
    },
    karpenter: {
      repository: "oci://public.ecr.aws/karpenter",
      name: "karpenter",
      podsReadAt: ["1.14.1"],
      protections: [
        { path: ["webhook", "enabled"], isOff: isFalse, protects: "the check of NodePool objects" },
      ],
      requests: [asks("controller/resources", 1000, 1024, 1024)],
      // Prices and IAM.
      callsOut: [env("controller.env")],
    },
  },
  pins,
  // It runs in kube-system; a namespace of its name would be taken for its own.
  namespaces: { karpenter: "not closed" },
  monitors: {
    karpenter: {
      namespace: "kube-system",
      pods: { "app.kubernetes.io/name": "karpenter" },
      ports: ["http-metrics"],
    },
  },
  registries: ["public.ecr.aws"],
  roles: { karpenter: "always", "karpenter-nodes": "always" },
  // With their conditions in karpenter-policy.ts.
  added: {
    any: [
      {
        sid: "AllowRegionalReadActionsOfThisVersion",
        actions: ["ec2:DescribeInstanceStatus", "ec2:DescribePlacementGroups"],
      },
      { sid: "AllowZonalShiftStatusReadOnly", actions: ["arc-zonal-shift:GetManagedResource"] },
    ],
  },
  pods: {
    karpenter: {
      of: "karpenter",
      labels: { "app.kubernetes.io/name": "karpenter" },
      serviceAccount: "karpenter",
      ports: { "http-metrics": 8080, http: 8081 },
      hostNetwork: "hostNetwork",
      work: karpenterWork.karpenter,
    },
  },
  fits: oldestByKubernetes,
  crds: {
    "autoscaling.x-k8s.io": ["CapacityBuffer"],
    "karpenter.k8s.aws": ["EC2NodeClass"],
    "karpenter.sh": ["NodeClaim", "NodeOverlay", "NodePool"],
  },
  upgrade: {
    phase: "charts",
    restarts: "its controller, CRDs first; nodes stay unless a hash changes (drift)",
  },
};
