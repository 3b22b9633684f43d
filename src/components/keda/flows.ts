import { at, items, text } from "../../values/value";
import { type FlowsOf } from "../flow";

/** What it asks Prometheus, for scalers by its metrics. */
export const kedaFlows: FlowsOf = ({ objects }) => {
  const addresses = objects("ScaledObject", "ScaledJob")
    .flatMap((each) => items(at(each, "spec", "triggers")))
    .filter((each) => text(at(each, "type")) === "prometheus")
    .map((each) => text(at(each, "metadata", "serverAddress")));
  return [...new Set(addresses)].map((address) => ({
    kind: "telemetry",
    from: { pods: "keda-operator" },
    to: { address, namespace: "keda" },
    why: "KEDA asks Prometheus for what scales by metrics",
    source: "triggers of ScaledObjects",
  }));
};
