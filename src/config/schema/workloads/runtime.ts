import { z } from "zod";
import { shortName } from "../common";
import { labelMap } from "../labels";
import { taint } from "../taint";
import { portName } from "./ports";

const path = z.string().regex(/^\/[\w./-]*$/, "is not a path; write for example /readyz");

export const probesSchema = z
  .strictObject({
    port: portName
      .optional()
      .describe(
        "Name of the port that answers probes. Default: the first of http, else of grpc, else of tcp.",
      ),
    live: path
      .default("/livez")
      .describe(
        "Path that says whether the process has to be restarted, with http. It asks nothing of others: their fault would restart this one.",
      ),
    ready: path.default("/readyz").describe("Path that says whether the process takes requests, with http."),
    startupSeconds: z
      .number()
      .int()
      .min(5)
      .max(1800)
      .default(60)
      .describe("How long the start may take, in seconds, before the process is restarted."),
  })
  .prefault({})
  .describe(
    "How kubelet asks: by HTTP, by gRPC's health protocol, or by connecting, after the port's protocol.",
  );

export const shutdownSchema = z
  .strictObject({
    drainSeconds: z
      .number()
      .int()
      .min(1)
      .max(3600)
      .optional()
      .describe(
        "Seconds between the end of new requests being announced and SIGTERM: requests still come. Load balancers let requests end for 15 s less. Default: 10; 45 behind an ALB, 135 behind an NLB.",
      ),
    graceSeconds: z
      .number()
      .int()
      .min(1)
      .max(3600)
      .default(30)
      .describe("Seconds from SIGTERM until the process is killed."),
  })
  .prefault({})
  .describe("How a pod ends without losing a request.");

export const resourcesSchema = z
  .strictObject({
    cpus: z
      .number()
      .min(0.001)
      .max(1024)
      .describe("CPU cores that are requested. There is no limit: it would only slow down.")
      .meta({ examples: [0.25] }),
    memoryMiB: z
      .number()
      .int()
      .min(1)
      .max(10_000_000)
      .describe("Memory in MiB that is requested, and kept free for it on the node.")
      .meta({ examples: [256] }),
    memoryLimitMiB: z
      .number()
      .int()
      .min(1)
      .max(10_000_000)
      .optional()
      .describe("Memory in MiB at which the process is killed. Default: memoryMiB."),
  })
  .describe("What each replica needs.")
  .meta({ examples: [{ cpus: 0.25, memoryMiB: 256 }] });

export const placementSchema = z
  .strictObject({
    nodeLabels: labelMap
      .default({})
      .describe("Labels of the nodes that replicas run on; without such a node they wait.")
      .meta({ examples: [{ workload: "general" }] }),
    tolerations: z
      .array(taint)
      .prefault([])
      .describe("Taints of nodes that these pods run on all the same.")
      .meta({ examples: [["dedicated=batch:NoSchedule"]] }),
    zones: z
      .enum(["preferred", "required"])
      .default("preferred")
      .describe(
        "How replicas spread over zones. preferred: they do where there is room. required: they wait for it.",
      ),
  })
  .prefault({})
  .describe("On which nodes replicas run.");

export const storageSchema = z
  .record(
    shortName(15),
    z.strictObject({
      gib: z.number().int().min(1).max(16384).describe("Size in GiB of each replica's volume."),
      mountPath: z
        .string()
        .regex(/^\/[\w./-]+$/, "is not a path; write for example /var/lib/orders")
        .describe("Path in the container at which the volume is."),
    }),
  )
  .default({})
  .describe("Volumes of each replica of a stateful-set by name: gp3, encrypted with the cluster's key.");

const off = z.literal(false).describe("Nothing of it, whatever the platform has.");

export const metricsSchema = z
  .union(
    [
      off,
      z.strictObject({
        port: portName.describe("Port of http that has the metrics."),
        path: path.default("/metrics").describe("Path at which the metrics are."),
        intervalSeconds: z
          .number()
          .int()
          .min(5)
          .max(300)
          .default(30)
          .describe("Seconds from one reading to the next. Shorter is more load on Prometheus."),
      }),
    ],
    "must be false or { port, path, intervalSeconds }",
  )
  .optional()
  .describe(
    "What Prometheus reads of the pods. Default: /metrics of the first http port, where there is Prometheus and no ambient mesh that denies by default or is strict.",
  );

export const tracingSchema = z
  .union(
    [
      off,
      z.strictObject({
        sampleRatio: z.number().min(0).max(1).describe("Fraction of the traces that begin here, 0 to 1."),
      }),
    ],
    "must be false or { sampleRatio }",
  )
  .optional()
  .describe(
    "Traces: OTEL_ variables that lead to the collector. Default: every trace, where there is a collector.",
  );
