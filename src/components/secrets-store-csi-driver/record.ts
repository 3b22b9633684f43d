import { asks, IN_CLUSTER } from "../chart";
import type { ChartComponentRecord } from "../component";
import { pins } from "./pins";
import { secretsStoreCsiDriverWork } from "./pods";

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
      podsReadAt: ["1.6.0"],
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
  pods: {
    "secrets-store-csi-driver": {
      of: "secrets-store-csi-driver",
      labels: { app: "secrets-store-csi-driver", "app.kubernetes.io/name": "secrets-store-csi-driver" },
      serviceAccount: "secrets-store-csi-driver",
      work: secretsStoreCsiDriverWork["secrets-store-csi-driver"],
    },
    "secrets-store-csi-driver-upgrade-crds": {
      of: "secrets-store-csi-driver",
      labels: {},
      serviceAccount: "secrets-store-csi-driver-upgrade-crds",
      work: secretsStoreCsiDriverWork["secrets-store-csi-driver-upgrade-crds"],
    },
    "secrets-store-csi-driver-keep-crds": {
      of: "secrets-store-csi-driver",
      labels: {},
      serviceAccount: "secrets-store-csi-driver-keep-crds",
      work: secretsStoreCsiDriverWork["secrets-store-csi-driver-keep-crds"],
    },
  },
  registries: ["registry.k8s.io"],
  crds: {
    "secrets-store.csi.x-k8s.io": ["SecretProviderClass", "SecretProviderClassPodStatus"],
  },
  upgrade: { phase: "charts", restarts: "the driver of each node in turn; pods that start then wait" },
};
