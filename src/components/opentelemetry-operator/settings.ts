import { z } from "zod";
import { shortName } from "../../config/schema/common";
import { webAddress } from "../../config/schema/web-address";

export const openTelemetry = z
  .strictObject({
    replicas: z
      .number()
      .int()
      .min(2)
      .max(10)
      .default(2)
      .describe("Number of collectors that applications send to."),
    traces: z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("xray").describe("AWS X-Ray of the target's account and region.") }),
        z.strictObject({
          kind: z.literal("otlp").describe("Any backend that takes OTLP over HTTP."),
          endpoint: webAddress(/^https?$/, "is not an address; write for example https://tempo.example.com")
            .refine(
              (address) => !address.includes("${"),
              "has ${, which the collector would take for a variable of its own; write the address",
            )
            .describe("Base address of the backend; /v1/traces is added.")
            .meta({ examples: ["https://tempo.example.com"] }),
        }),
      ])
      .describe("Where the collector sends traces."),
    namespace: shortName(63)
      .default("opentelemetry")
      .describe("Namespace of the collector: applications send to otlp-collector.<namespace>:4317."),
  })
  .optional()
  .describe(
    "OpenTelemetry operator and a collector for traces and, with Prometheus, metrics. Default: none.",
  );
