import { z } from "zod";
import { shortName } from "../common";
import { labelMap } from "../labels";
import { taint } from "../taint";
import { portName } from "./ports";

const path = z.string().regex(/^\/[\w./-]*$/, "is no path; write for example /readyz");

export const probesSchema = z
  .strictObject({
    port: portName
      .optional()
      .describe("Port that answers. Default: the first of http, else of grpc, else of tcp."),
    live: path.default("/livez").describe("With http: whether the process has to be restarted."),
    ready: path.default("/readyz").describe("With http: whether it takes requests."),
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
      .describe("Memory in MiB that is requested.")
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
      .describe("Only nodes with these labels.")
      .meta({ examples: [{ workload: "general" }] }),
    tolerations: z.array(taint).default([]).describe("Taints of nodes that keep others away."),
    zones: z
      .enum(["preferred", "required"])
      .default("preferred")
      .describe("preferred: replicas spread over zones where there is room. required: they wait for it."),
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
        .regex(/^\/[\w./-]+$/, "is no path; write for example /var/lib/orders")
        .describe("Where the volume is in the container."),
    }),
  )
  .default({})
  .describe("Volumes of each replica of a stateful-set by name: gp3, encrypted with the cluster's key.");

const off = z.literal(false).describe("None.");

export const metricsSchema = z
  .union(
    [
      off,
      z.strictObject({
        port: portName.describe("Port of http that has the metrics."),
        path: path.default("/metrics").describe("Where they are."),
        intervalSeconds: z
          .number()
          .int()
          .min(5)
          .max(300)
          .default(30)
          .describe("How often they are read, in s."),
      }),
    ],
    "is neither false nor { port, path, intervalSeconds }; write one of them",
  )
  .optional()
  .describe(
    "What Prometheus reads. Default: /metrics of the first http port, where there is Prometheus and no ambient mesh that denies by default or is strict.",
  );

export const tracingSchema = z
  .union(
    [
      off,
      z.strictObject({
        sampleRatio: z.number().min(0).max(1).describe("Part of the traces that begin here, 0 to 1."),
      }),
    ],
    "is neither false nor { sampleRatio }; write one of them",
  )
  .optional()
  .describe("OTEL_ variables that lead to the collector. Default: every trace, where there is a collector.");
