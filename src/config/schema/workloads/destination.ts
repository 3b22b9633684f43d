import { z } from "zod";
import { knownRegion } from "../common";
import { duration } from "./duration";

const count = z.number().int().min(1);

const connections = z
  .strictObject({
    max: count.optional().describe("Connections from one caller's proxy. Default: no limit."),
    connectTimeout: duration.optional().describe("Time to connect. Default: Istio's, 10s."),
    pendingRequests: count.optional().describe("Requests that wait for a connection."),
    requests: count.optional().describe("Requests at once."),
    requestsPerConnection: count.optional().describe("Requests until a connection is closed."),
    idleTimeout: duration
      .optional()
      .describe("Time without requests until it is closed. Default: Istio's, 1h."),
  })
  .describe("Limits of each caller's proxy. What is above them is answered with 503 at once.");

const outliers = z
  .strictObject({
    consecutive5xxErrors: count.default(5).describe("Failures in a row until a pod is left out."),
    interval: duration.default("10s").describe("Time between two looks."),
    baseEjectionTime: duration.default("30s").describe("How long, times how often it was left out."),
    maxEjectionPercent: z
      .number()
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe(
        "Most pods left out, in percent. Default: 10; in a mesh of several clusters 100, to fail over.",
      ),
  })
  .describe("Pods that fail are left out for a while. Defaults are Istio's.");

const locality = z
  .strictObject({
    failover: z
      .record(knownRegion, knownRegion)
      .default({})
      .describe("Where calls of a region go when its pods are left out. Default: anywhere.")
      .meta({ examples: [{ "us-east-1": "us-west-2" }] }),
    distribute: z
      .record(knownRegion, z.record(knownRegion, z.number().int().min(1).max(100)))
      .default({})
      .describe("Calls of a region by where they go, in percent. Default: they stay.")
      .meta({ examples: [{ "us-east-1": { "us-east-1": 80, "us-west-2": 20 } }] }),
  })
  .refine(
    ({ failover, distribute }) => Object.keys(failover).length === 0 || Object.keys(distribute).length === 0,
    "has both failover and distribute, of which Istio takes one; remove the other",
  )
  .refine(
    ({ distribute }) =>
      Object.values(distribute).every((to) => Object.values(to).reduce((sum, each) => sum + each, 0) === 100),
    "has a region whose shares do not add up to 100; change them",
  )
  .describe("Calls stay in their zone, then in their region, as long as pods answer there.");

export const destinationSchema = z
  .strictObject({
    connections: connections.optional(),
    outliers: outliers.optional(),
    locality: locality.optional(),
  })
  .describe("How callers' proxies use the pods of the service: a DestinationRule. Needs Istio.");
