import { at, items, text } from "../../values/value";
import { type Flow, type FlowsOf } from "../flow";

/** Its metrics API knows nothing itself (kedacore/keda v2.20.2, cmd/adapter/main.go). */
const metrics: Flow = {
  kind: "between parts",
  from: { pods: "keda-operator-metrics-apiserver" },
  to: { pods: "keda-operator" },
  port: 9666,
  protocol: "TCP",
  why: "KEDA's metrics API asks its operator",
  source: "kedacore/keda v2.20.2, cmd/adapter/main.go",
};

/** Between its parts, and what it asks Prometheus for scalers by its metrics. */
export const kedaFlows: FlowsOf = ({ objects }) => {
  const addresses = objects("ScaledObject", "ScaledJob")
    .flatMap((each) => items(at(each, "spec", "triggers")))
    .filter((each) => text(at(each, "type")) === "prometheus")
    .map((each) => text(at(each, "metadata", "serverAddress")));
  return [
    metrics,
    ...[...new Set(addresses)].map((address): Flow => ({
      kind: "telemetry",
      from: { pods: "keda-operator" },
      to: { address, namespace: "keda" },
      why: "KEDA asks Prometheus for what scales by metrics",
      source: "triggers of ScaledObjects",
    })),
  ];
};
