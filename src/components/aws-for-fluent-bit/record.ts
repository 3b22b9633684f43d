import { asks, env } from "../chart";
import type { ChartComponentRecord } from "../component";
import { logShipperAccounts } from "./calls";
import { pins } from "./pins";
import { awsForFluentBitWork } from "./pods";

export const LOGGING_NAMESPACE = "logging";

export const awsForFluentBit: ChartComponentRecord<"aws-for-fluent-bit"> = {
  kind: "charts",
  name: "aws-for-fluent-bit",
  stack: "observability",
  isUsed: ({ observability }) => observability?.logShipper !== undefined,
  settings: ["observability", "logShipper"],
  docs: "docs/components/observability.md",
  charts: {
    "aws-for-fluent-bit": {
      repository: "https://aws.github.io/eks-charts",
      name: "aws-for-fluent-bit",
      podsReadAt: ["0.2.0"],
      requests: [asks("resources", 50, 64, 256)],
      callsOut: [env("env")],
    },
  },
  pins,
  namespaces: { [LOGGING_NAMESPACE]: "not closed" },
  registries: ["public.ecr.aws"],
  roles: { "fluent-bit": "always" },
  pods: {
    "aws-for-fluent-bit": {
      of: "aws-for-fluent-bit",
      labels: { "app.kubernetes.io/name": "aws-for-fluent-bit" },
      serviceAccount: "aws-for-fluent-bit",
      work: awsForFluentBitWork["aws-for-fluent-bit"],
    },
  },
  calls: logShipperAccounts,
  upgrade: { phase: "charts", restarts: "the shipper of each node in turn; logs are sent late" },
};
