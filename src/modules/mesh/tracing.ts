import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import { OTLP_PORTS } from "../../components/opentelemetry-operator/otel-collector";

export interface Tracing {
  /** Host name of the collector's service, which takes OTLP by gRPC. */
  readonly collector: string;
  readonly samplingPercent: number;
}

const PROVIDER = "otlp";

/** What meshConfig says of tracing: where to, but not how much. */
export function tracingMeshConfig({ collector }: Tracing): ChartValues {
  return {
    enableTracing: true,
    extensionProviders: [{ name: PROVIDER, opentelemetry: { service: collector, port: OTLP_PORTS.grpc } }],
  };
}

/** How much is traced, in the whole mesh. A namespace's own Telemetry goes before it. */
export function meshTelemetry({ samplingPercent }: Tracing, rootNamespace: string): Manifest {
  return {
    apiVersion: "telemetry.istio.io/v1",
    kind: "Telemetry",
    metadata: { name: "mesh-default", namespace: rootNamespace },
    spec: {
      tracing: [{ providers: [{ name: PROVIDER }], randomSamplingPercentage: samplingPercent }],
    },
  };
}
