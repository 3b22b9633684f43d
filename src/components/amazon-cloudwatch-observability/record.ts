import type { AddonRecord } from "../component";
import { containerInsightsAccounts } from "./calls";
import { pins } from "./pins";

/** Port of the webhook of the add-on's operator. It fails open. */
export const CLOUDWATCH_WEBHOOK_PORT = 9443;

export const amazonCloudwatchObservability: AddonRecord<"amazon-cloudwatch-observability"> = {
  kind: "add-on",
  name: "amazon-cloudwatch-observability",
  stack: "observability",
  isUsed: ({ observability }) => observability?.containerInsights !== undefined,
  settings: ["observability", "containerInsights"],
  docs: "docs/components/observability.md",
  pins,
  namespaces: { "amazon-cloudwatch": "not closed" },
  called: () => ({ "cloudwatch-operator": CLOUDWATCH_WEBHOOK_PORT }),
  roles: { "cloudwatch-agent": "always" },
  pods: {
    "cloudwatch-operator": {
      of: "amazon-cloudwatch-observability",
      namespace: "amazon-cloudwatch",
      labels: {
        "app.kubernetes.io/name": "amazon-cloudwatch-observability",
        "control-plane": "controller-manager",
      },
      serviceAccount: "amazon-cloudwatch-observability-controller-manager",
      ports: { "webhook-server": CLOUDWATCH_WEBHOOK_PORT },
      called: "cloudwatch-operator",
    },
  },
  calls: containerInsightsAccounts,
  upgrade: { phase: "add-ons", restarts: "agents of each node in turn; logs are sent late" },
};
