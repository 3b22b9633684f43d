import { COLLECTOR_IMAGE } from "../../facts/injected-containers";
import type { PlatformPorts } from "../component";
import { asks, IN_CLUSTER } from "../chart";
import { collectorFlows, collectorPods } from "./flows";
import { CONTROLLER_RESTARTS, type ChartComponentRecord } from "../component";
import { collectorAccounts } from "./calls";
import { pins } from "./pins";
import { opentelemetryOperatorWork } from "./pods";

/** Port of the operator's webhook. On the host network others have 9443. */
export function openTelemetryPort(hostNetwork: boolean): number {
  return hostNetwork ? 19453 : 9443;
}

/** Webhook of the operator and OTLP of the collector, in the namespace that a target gives them. */
export const openTelemetryPorts: PlatformPorts = { open: [4317, 4318, 9443], metrics: [8080, 8443, 8888] };
export const opentelemetryOperator: ChartComponentRecord<"opentelemetry-operator"> = {
  kind: "charts",
  name: "opentelemetry-operator",
  stack: "observability",
  isUsed: ({ observability }) => observability?.openTelemetry !== undefined,
  settings: ["observability", "openTelemetry"],
  docs: "docs/components/observability.md",
  charts: {
    "opentelemetry-operator": {
      repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
      name: "opentelemetry-operator",
      podsReadAt: ["0.122.0"],
      requests: [asks("manager/resources", 50, 64, 256)],
      callsOut: IN_CLUSTER,
    },
  },
  pins,
  // That which examples name; a target may give another.
  namespaces: { opentelemetry: "not closed" },
  called: (onNodes) => ({ "opentelemetry-operator": openTelemetryPort(onNodes) }),
  injects: [COLLECTOR_IMAGE],
  registries: ["ghcr.io", "quay.io"],
  roles: {
    "otlp-collector": ({ config }) => config.observability?.openTelemetry?.traces.kind === "xray",
  },
  pods: {
    "opentelemetry-operator": {
      of: "opentelemetry-operator",
      labels: { "app.kubernetes.io/name": "opentelemetry-operator" },
      serviceAccount: "opentelemetry-operator",
      ports: { "webhook-server": 9443, metrics: 8443 },
      hostNetwork: "hostNetwork",
      called: "opentelemetry-operator",
      work: opentelemetryOperatorWork["opentelemetry-operator"],
    },
  },
  calls: collectorAccounts,
  makesPods: { OpenTelemetryCollector: collectorPods },
  flows: collectorFlows,
  crds: {
    "opentelemetry.io": ["Instrumentation", "OpAMPBridge", "OpenTelemetryCollector", "TargetAllocator"],
  },
  upgrade: { phase: "charts", restarts: CONTROLLER_RESTARTS },
};
