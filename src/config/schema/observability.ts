import { z } from "zod";
import { retentionDays, shortName } from "./common";
import { storedSecret } from "./stored-secret";
import { webAddress } from "./web-address";

const prometheus = z
  .strictObject({
    replicas: z
      .number()
      .int()
      .min(1)
      .max(3)
      .default(2)
      .describe("Number of Prometheus servers, each with all data. 2 outlast the loss of a zone."),
    retentionDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .default(15)
      .describe("Days that metrics are kept, if the volume holds them."),
    storageGiB: z
      .number()
      .int()
      .min(10)
      .max(16384)
      .default(100)
      .describe(
        "Size of each server's encrypted gp3 volume in GiB. The oldest metrics go when it is 85 % full.",
      ),
    memoryGiB: z
      .number()
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe(
        "Memory that each server asks for, in GiB; it may take twice that. Default: 1 GiB and 64 MiB for each node that the groups want.",
      ),
    grafana: z
      .strictObject({
        adminSecret: storedSecret("prod/platform/grafana").describe(
          "Administrator of Grafana: a secret in AWS whose JSON has the fields username and password.",
        ),
        storageGiB: z
          .number()
          .int()
          .min(1)
          .max(1024)
          .default(10)
          .describe("Size of Grafana's encrypted gp3 volume in GiB."),
      })
      .optional()
      .describe("Grafana with the dashboards of Kubernetes, and of Cilium and Hubble. Default: none."),
  })
  .optional()
  .describe("Prometheus, Alertmanager and the platform's alerts. Default: none.");

/** Also for targets that send alerts nowhere: Prometheus shows them. */
export const DEFAULT_ADDRESSES_LEFT = 256;

const alerts = z
  .strictObject({
    to: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
        "is not an SNS topic; write arn:aws:sns:<region>:<account>:<topic>",
      )
      .describe("SNS topic that Alertmanager and CloudWatch alarms publish to.")
      .meta({ examples: ["arn:aws:sns:us-east-1:111122223333:oncall"] }),
    subnetAddressesLeft: z
      .number()
      .int()
      .min(16)
      .max(65536)
      .default(DEFAULT_ADDRESSES_LEFT)
      .describe("Number of free addresses of a subnet below which an alert fires, where the CNI knows them."),
  })
  .optional()
  .describe("Who gets the platform's alerts. Default: nobody; they are only seen in Prometheus.");

const containerInsights = z
  .strictObject({
    enhanced: z
      .boolean()
      .default(true)
      .describe(
        "Metrics of every container and pod, and not only of nodes and services. Billed by observation.",
      ),
    logs: z
      .boolean()
      .default(true)
      .describe("Whether logs of containers and nodes are shipped as well, billed by the GB."),
    retentionDays: retentionDays
      .default(30)
      .describe("Days that CloudWatch keeps those logs and the metrics' events."),
  })
  .optional()
  .describe("CloudWatch Container Insights, by the EKS add-on. Default: none.");

const logShipper = z
  .strictObject({
    kind: z.literal("fluent-bit").describe("AWS for Fluent Bit: logs of containers to CloudWatch Logs."),
    retentionDays: retentionDays.default(30).describe("Days that CloudWatch keeps the logs."),
  })
  .optional()
  .describe("Logs of containers without Container Insights, which has a shipper of its own. Default: none.");

const openTelemetry = z
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

export const observabilitySchema = z
  .strictObject({ prometheus, alerts, containerInsights, logShipper, openTelemetry })
  .optional()
  .describe("What is seen of the cluster. Default: nothing but the control plane's logs.");

export type ObservabilityConfig = NonNullable<z.output<typeof observabilitySchema>>;
