import { partitionOf } from "../../facts/regions";
import { closeNamespace } from "../../wiring/close-namespace";
import { type Installing, releasesOf, settingsOf } from "../installing";
import { MONITORING_NAMESPACE } from "../kube-prometheus-stack/record";
import { OpenTelemetry } from "./open-telemetry";
import { openTelemetryPorts } from "./record";

/** The operator and the collector, which sends metrics to Prometheus where there is one. */
export function installOpenTelemetry(stack: Installing): OpenTelemetry {
  const { scope, target, clusterName, placement, earlier } = stack;
  const { release, region, config } = target;
  const { openTelemetry: configured, prometheus } = settingsOf(config.observability, target);
  const openTelemetry = settingsOf(configured, target);
  const collector = new OpenTelemetry(scope, "open-telemetry", {
    ...openTelemetry,
    ...placement,
    chart: release.charts["opentelemetry-operator"],
    clusterName,
    region,
    partition: partitionOf(region),
    ...(prometheus && {
      metricsEndpoints: prometheusOtlp(prometheus.replicas),
      dependsOn: releasesOf(earlier, "kube-prometheus-stack"),
    }),
  });
  // Beside Prometheus the namespace is closed already, with these ports.
  if (openTelemetry.namespace !== MONITORING_NAMESPACE || prometheus === undefined)
    closeNamespace(stack, openTelemetry.namespace, [collector.release], { ports: openTelemetryPorts });
  return collector;
}

/**
 * Where each Prometheus takes OTLP (Prometheus documentation, "Using Prometheus as your OpenTelemetry backend"). By the names that
 * the operator gives its pods: through their common Service each sample would reach one of them, and they share nothing. With .svc,
 * which a proxy's exceptions hold (proxy-environment.ts).
 */
function prometheusOtlp(replicas: number): string[] {
  const pod = (index: number) => `prometheus-kube-prometheus-stack-prometheus-${index}`;
  return Array.from(
    { length: replicas },
    (_, index) => `http://${pod(index)}.prometheus-operated.${MONITORING_NAMESPACE}.svc:9090/api/v1/otlp`,
  );
}
