import { asks, BY_ENDPOINT } from "../chart";
import type { BroughtAlong, ChartComponentRecord } from "../component";
import { pins } from "./pins";
import { secretsStoreCsiDriverProviderAwsWork } from "./pods";

export const secretsStoreCsiDriverProviderAws: ChartComponentRecord<"secrets-store-csi-driver-provider-aws"> &
  BroughtAlong<"secrets-store-csi-driver"> = {
  kind: "charts",
  name: "secrets-store-csi-driver-provider-aws",
  broughtBy: ["secrets-store-csi-driver"],
  stack: "secrets",
  isUsed: ({ secrets }) => secrets !== undefined && secrets.delivery !== "external-secrets",
  settings: ["secrets"],
  docs: "docs/components/secrets.md",
  charts: {
    "secrets-store-csi-driver-provider-aws": {
      repository: "https://aws.github.io/secrets-store-csi-driver-provider-aws",
      name: "secrets-store-csi-driver-provider-aws",
      podsReadAt: ["3.1.1"],
      requests: [asks("resources", 50, 100, 256)],
      callsOut: BY_ENDPOINT,
    },
  },
  pins,
  pods: {
    "secrets-store-csi-driver-provider-aws": {
      of: "secrets-store-csi-driver-provider-aws",
      labels: {
        app: "secrets-store-csi-driver-provider-aws",
        "app.kubernetes.io/name": "secrets-store-csi-driver-provider-aws",
      },
      serviceAccount: "secrets-store-csi-driver-provider-aws",
      work: secretsStoreCsiDriverProviderAwsWork["secrets-store-csi-driver-provider-aws"],
    },
  },
  registries: ["public.ecr.aws"],
  upgrade: { phase: "charts", restarts: "the provider of each node in turn" },
};
