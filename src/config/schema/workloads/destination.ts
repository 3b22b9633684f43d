import { z } from "zod";
import { knownRegion } from "../common";
import { duration } from "./duration";

const count = z.number().int().min(1);

const connections = z
  .strictObject({
    max: count
      .optional()
      .describe("Number of connections from one caller's proxy, at most. Default: no limit."),
    connectTimeout: duration
      .optional()
      .describe("How long connecting to a pod may take. Default: Istio's, 10s.")
      .meta({ examples: ["2s"] }),
    pendingRequests: count
      .optional()
      .describe("Number of requests that wait for a connection, at most. Default: no limit."),
    requests: count.optional().describe("Number of requests at once, at most. Default: no limit."),
    requestsPerConnection: count
      .optional()
      .describe(
        "Number of requests until a connection is closed; 1 turns keep-alive off. Default: no limit.",
      ),
    idleTimeout: duration
      .optional()
      .describe("How long a connection may be without requests before it is closed. Default: Istio's, 1h.")
      .meta({ examples: ["5m"] }),
  })
  .describe(
    "Limits of each caller's proxy. What exceeds them is answered with 503 at once. Default: Istio's own, which are hardly limits.",
  );

const outliers = z
  .strictObject({
    consecutive5xxErrors: count
      .default(5)
      .describe("Number of failures in a row after which a pod is left out."),
    interval: duration
      .default("10s")
      .describe("Time between two looks at failures.")
      .meta({ examples: ["10s"] }),
    baseEjectionTime: duration
      .default("30s")
      .describe("How long a pod is left out, multiplied by the times that it has been.")
      .meta({ examples: ["30s"] }),
    maxEjectionPercent: z
      .number()
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe(
        "Most pods left out, in percent. Default: 10; with locality, and in a mesh of several clusters, 100, to fail over.",
      ),
  })
  .describe(
    "Pods that fail are left out for a while. Default: none are; with locality, and in a mesh of several clusters, as below.",
  );

const locality = z
  .strictObject({
    failover: z
      .record(knownRegion, knownRegion)
      .default({})
      .describe("Where calls in a region go when its pods are left out. Default: anywhere.")
      .meta({ examples: [{ "us-east-1": "us-west-2" }] }),
    distribute: z
      .record(knownRegion, z.record(knownRegion, z.number().int().min(1).max(100)))
      .default({})
      .describe("Where calls in a region go, in percent. Default: they stay.")
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
  .describe(
    "Calls stay in their zone, then in their region, as long as pods answer there. Default: calls go to all pods alike.",
  );

export const destinationSchema = z
  .strictObject({
    connections: connections.optional(),
    outliers: outliers.optional(),
    locality: locality.optional(),
  })
  .describe(
    "How callers' proxies use the pods of the service: a DestinationRule. Needs Istio. Default: none of these limits.",
  );
