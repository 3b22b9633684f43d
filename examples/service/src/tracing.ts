import { GrpcInstrumentation } from "@opentelemetry/instrumentation-grpc";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { NodeSDK } from "@opentelemetry/sdk-node";

/** Paths that only the platform asks for, many times a minute: so no traces. */
const platformPaths: readonly string[] = ["/livez", "/readyz", "/metrics"];

export interface Tracing {
  /** Sends the spans that are still kept. */
  readonly stop: () => Promise<void>;
}

/**
 * Traces over OTLP, as the OTEL_* variables say (endpoint, protocol, sampler, resource, propagators). Must be called
 * before node:http and grpc-js are first loaded: it patches them on load.
 */
export function startTracing(): Tracing {
  const sdk = new NodeSDK({
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url = "" }) => platformPaths.some((path) => url.startsWith(path)),
      }),
      new GrpcInstrumentation({ ignoreGrpcMethods: ["Check", "Watch"] }),
    ],
    // Metrics go to Prometheus and logs to stdout, so the SDK must not send its own.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}
