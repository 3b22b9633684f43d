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
        "Name of the port that answers probes. Default: the first http port, else the first grpc one, else the first tcp one.",
      ),
    live: path
      .default("/livez")
      .describe(
        "With http: path that says whether the process has to be restarted. It must not depend on other services: their failure would restart this one.",
      ),
    ready: path
      .default("/readyz")
      .describe("With http: path that says whether the process can take requests."),
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
    "How kubelet probes: by HTTP, by gRPC's health protocol or by connecting, as the port's protocol says.",
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
        "Seconds between the announcement that a pod takes no new requests and SIGTERM; some still arrive. Load balancers let requests end for 15 s less. Default: 10; 45 behind an ALB, 135 behind an NLB.",
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
      .describe("CPU cores that are requested. There is no limit: it would only slow the service down.")
      .meta({ examples: [0.25] }),
    memoryMiB: z
      .number()
      .int()
      .min(1)
      .max(10_000_000)
      .describe("Memory in MiB that is requested, and reserved for it on the node.")
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
      .describe("Labels of the nodes that replicas run on; they wait until there is such a node.")
      .meta({ examples: [{ workload: "general" }] }),
    tolerations: z
      .array(taint)
      .prefault([])
      .describe("Taints that the pods tolerate.")
      .meta({ examples: [["dedicated=batch:NoSchedule"]] }),
    zones: z
      .enum(["preferred", "required"])
      .default("preferred")
      .describe(
        "How replicas spread over zones. preferred: where there is room. required: they wait until there is.",
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
        .describe("Path in the container at which the volume is mounted.")
        .meta({ examples: ["/var/lib/orders"] }),
    }),
  )
  .default({})
  .describe("Volumes of each replica of a stateful-set by name: gp3, encrypted with the cluster's key.");

const off = z.literal(false).describe("None, whatever the platform has.");

export const metricsSchema = z
  .union(
    [
      off,
      z.strictObject({
        port: portName.describe("Port of protocol http that serves the metrics."),
        path: path.default("/metrics").describe("Path at which the metrics are served."),
        intervalSeconds: z
          .number()
          .int()
          .min(5)
          .max(300)
          .default(30)
          .describe("Seconds between two readings. Fewer are more load on Prometheus."),
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
        sampleRatio: z
          .number()
          .min(0)
          .max(1)
          .describe("Fraction of the traces begun here that are kept, 0 to 1."),
      }),
    ],
    "must be false or { sampleRatio }",
  )
  .optional()
  .describe(
    "Traces: OTEL_ variables that lead to the collector. Default: every trace, where there is a collector.",
  );
