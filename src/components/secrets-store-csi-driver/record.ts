import { asks, IN_CLUSTER } from "../chart";
import type { ChartComponentRecord } from "../component";
import { pins } from "./pins";

export const secretsStoreCsiDriver: ChartComponentRecord<"secrets-store-csi-driver"> = {
  kind: "charts",
  name: "secrets-store-csi-driver",
  stack: "secrets",
  isUsed: ({ secrets }) => secrets !== undefined && secrets.delivery !== "external-secrets",
  settings: ["secrets"],
  docs: "docs/components/secrets.md",
  charts: {
    "secrets-store-csi-driver": {
      repository: "https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts",
      name: "secrets-store-csi-driver",
      requests: [
        asks("linux/driver/resources", 50, 100, 400),
        asks("linux/registrar/resources", 10, 20, 100),
        asks("linux/livenessProbe/resources", 10, 20, 100),
        asks("linux/crds/resources", 10, 32, 256),
      ],
      callsOut: IN_CLUSTER,
    },
  },
  pins,
  monitors: {
    "secrets-store-csi-driver": {
      namespace: "kube-system",
      pods: { app: "secrets-store-csi-driver" },
      ports: ["metrics"],
    },
  },
  registries: ["registry.k8s.io"],
  crds: {
    "secrets-store.csi.x-k8s.io": ["SecretProviderClass", "SecretProviderClassPodStatus"],
  },
  upgrade: { phase: "charts", restarts: "the driver of each node in turn; pods that start then wait" },
};
