import { type Attributes, at, entries, isTrue, text, toNumber, type Value } from "../../values/value";
import type { FlowsOf, MadePods } from "../flow";

const metadata = (object: Value, key: string): string => text(at(object, "metadata", key));
const namespaceOf = (collector: Value): string => metadata(collector, "namespace") || "default";
const workloadOf = (collector: Value): string => `${metadata(collector, "name")}-collector`;

/** What collectors send on inside of the cluster. */
export const collectorFlows: FlowsOf = ({ objects }) =>
  objects("OpenTelemetryCollector").flatMap((collector) => {
    const namespace = namespaceOf(collector);
    const pods = `${namespace}/${workloadOf(collector)}`;
    return entries(at(collector, "spec", "config", "exporters")).map(([exporter, settings]) => ({
      kind: "telemetry",
      from: { pods },
      to: { address: text(at(settings, "endpoint")), namespace },
      why: `${pods} exports by ${exporter}`,
      source: "the collector's exporters",
    }));
  });

/** open-telemetry/opentelemetry-operator v0.158.0, internal/manifests/collector/labels.go and internal/naming. */
export function collectorPods(collector: Attributes): MadePods[] {
  const namespace = namespaceOf(collector);
  const name = workloadOf(collector);
  const ports = entries(at(collector, "spec", "config", "receivers")).flatMap(([receiver, settings]) =>
    entries(at(settings, "protocols")).flatMap(([protocol, each]) => {
      const port = toNumber(text(at(each, "endpoint")).split(":").at(-1));
      return port === undefined ? [] : [[`${receiver}-${protocol}`, port] as const];
    }),
  );
  return [
    {
      namespace,
      name,
      labels: {
        "app.kubernetes.io/component": "opentelemetry-collector",
        "app.kubernetes.io/instance": `${namespace}.${metadata(collector, "name")}`,
        "app.kubernetes.io/managed-by": "opentelemetry-operator",
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": "opentelemetry",
      },
      serviceAccount: text(at(collector, "spec", "serviceAccount")) || name,
      hostNetwork: isTrue(at(collector, "spec", "hostNetwork")),
      ports: Object.fromEntries(ports),
    },
  ];
}
