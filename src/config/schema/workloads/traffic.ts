import { z } from "zod";
import { podLabels } from "../peers";
import { shortName } from "../common";
import { routedHost } from "../traffic";
import { destinationSchema } from "./destination";
import { serviceIngressSchema } from "./service-ingress";
import { duration } from "./duration";
import { rateLimitSchema } from "./rate-limit";

const path = z
  .string()
  .regex(/^\/[^\s?#*]*$/, "is not a path; write for example /api, without * and ?")
  .meta({ examples: ["/api"] });

const headerMatch = z.union(
  [
    z.string().min(1),
    z.strictObject({ exact: z.string().min(1).describe("The whole value of the header.") }),
    z.strictObject({ prefix: z.string().min(1).describe("Start of the header's value. Not with an ALB.") }),
    z.strictObject({ regex: z.string().min(1).describe("RE2 for the whole value. Not with an ALB.") }),
  ],
  { error: "must be text, or one of { exact }, { prefix } and { regex }" },
);

const grpc = z
  .strictObject({
    service: z
      .string()
      .regex(
        /^[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)*$/,
        "is not a gRPC service; write for example helloworld.Greeter",
      )
      .describe("Service with its package."),
    method: z
      .string()
      .regex(/^[A-Za-z_][\w]*$/, "is not a gRPC method; write for example SayHello")
      .optional()
      .describe("One method of the gRPC service. Default: all."),
  })
  .describe("gRPC calls of one service. Default: any request.");

const weight = z.number().int().min(0).max(100);

const backend = z
  .strictObject({
    service: shortName(63).optional().describe("Another service that requests go to. Default: this one."),
    namespace: shortName(63).optional().describe("Namespace of that service. Default: this service's."),
    port: z.number().int().min(1).max(65535).optional().describe("Port of the service. Default: the first."),
    subset: shortName(40).optional().describe("One of subsets, the pods of one version. Default: all pods."),
    weight: weight
      .optional()
      .describe("Share of requests in percent. Needed where there are several. Default: all."),
  })
  .describe("Where requests go.");

const retries = z
  .strictObject({
    attempts: z
      .number()
      .int()
      .min(0)
      .max(10)
      .default(2)
      .describe("Number of tries after the first: each is more load on a service that is failing already."),
    perTryTimeout: duration
      .optional()
      .describe("How long each try may take. Default: the route's timeout.")
      .meta({ examples: ["2s"] }),
    on: z
      .array(z.enum(["5xx", "gateway-error", "connect-failure", "reset", "refused-stream"]))
      .min(1)
      .default(["connect-failure", "refused-stream"])
      .describe(
        "Which failures are tried again. Default: only those that no pod has seen, so that nothing is done twice.",
      ),
  })
  .describe("Whether failed requests are tried again. Default: what the mesh or gateway does by itself.");

const redirect = z
  .strictObject({
    scheme: z
      .literal("https")
      .optional()
      .describe("Scheme of the other address: https. Default: the request's."),
    host: routedHost
      .optional()
      .describe("Host name of the other address. Default: the request's.")
      .meta({ examples: ["www.example.com"] }),
    path: path
      .optional()
      .describe("Path of the other address. Default: the request's.")
      .meta({ examples: ["/new"] }),
    status: z
      .union([z.literal(301), z.literal(302)])
      .default(302)
      .describe("Status code of the answer: 302, or 301, which browsers keep for good."),
  })
  .refine(
    ({ scheme, host, path: to }) => scheme !== undefined || host !== undefined || to !== undefined,
    "leads back to itself; write scheme, host or path",
  )
  .describe("An answer that names another address, in place of a backend's answer. Default: none.");

/** Our own figures: long enough to see errors, short enough for a release in half an hour. */
const CANARY_STEPS = [
  { weight: 10, pause: "10m" },
  { weight: 50, pause: "10m" },
];

const canarySchema = z
  .strictObject({
    steps: z
      .array(
        z.strictObject({
          weight: weight.describe("Share of the new version in percent."),
          pause: z
            .union([duration, z.literal("forever")], "is not a time; write for example 10m, or forever")
            .default("10m")
            .describe("How long the share stays as it is. forever: until somebody promotes the release."),
        }),
      )
      .min(1)
      .default(CANARY_STEPS)
      .describe(
        "Steps of a release, before all requests go to the new version. Default: 10 and 50 percent, 10 minutes each.",
      ),
  })
  .describe(
    "How Argo Rollouts moves requests to a new version. For controller: rollout. Default: 10 and 50 percent, 10 minutes each.",
  );

const route = z
  .strictObject({
    prefix: path
      .optional()
      .describe("Start of the path, by whole segments: /api is not /apis. Default: any path."),
    path: path
      .optional()
      .describe("The whole path of a request. Default: any path.")
      .meta({ examples: ["/login"] }),
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"])
      .optional()
      .describe("HTTP method of a request. Default: any."),
    headers: z
      .record(
        z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "is not a header; write its name in lower case"),
        headerMatch,
      )
      .default({})
      .describe("Headers by name, with the value that each must have; all must match.")
      .meta({ examples: [{ "x-canary": "true" }] }),
    grpc: grpc.optional(),
    to: z
      .array(backend)
      .default([])
      .describe("Backends that requests go to. Default: this service, by its split."),
    redirect: redirect.optional(),
    rewrite: path
      .optional()
      .describe("What the prefix becomes on its way to the backend. Default: it stays.")
      .meta({ examples: ["/"] }),
    timeout: duration
      .optional()
      .describe("How long the whole answer may take, retries included. Default: no limit."),
    retries: retries.optional(),
  })
  .refine(
    ({ prefix, path: whole }) => prefix === undefined || whole === undefined,
    "has both prefix and path; write one",
  )
  .refine(
    ({ grpc: call, prefix, path: whole, method }) =>
      call === undefined || (prefix === undefined && whole === undefined && method === undefined),
    "has grpc, which says path and method already; remove prefix, path and method",
  )
  .refine(
    ({ redirect: elsewhere, to }) => elsewhere === undefined || to.length === 0,
    "has both redirect and to; write one",
  )
  .refine(
    ({ redirect: elsewhere, rewrite, timeout, retries: again }) =>
      elsewhere === undefined || [rewrite, timeout, again].every((each) => each === undefined),
    "has redirect, which no backend answers; remove rewrite, timeout and retries",
  )
  .refine(
    ({ rewrite, prefix }) => rewrite === undefined || prefix !== undefined,
    "rewrites a prefix that it has not; write prefix",
  )
  .refine(
    ({ to }) => to.length < 2 || to.every((each) => each.weight !== undefined),
    "has several backends, and not all have a weight; write weight for each",
  )
  .refine(
    ({ to }) => to.length < 2 || total(to.map((each) => each.weight ?? 0)) === 100,
    "has weights that do not add up to 100; change them",
  )
  .describe("Some requests, and what happens to them.");

export const trafficSchema = z
  .strictObject({
    hosts: z
      .array(routedHost)
      .default([])
      .describe("Host names that callers outside the cluster use. Default: none."),
    gateway: shortName(40)
      .optional()
      .describe("Gateway of traffic.gateways that leads here. Default: none; only callers in the cluster."),
    inCluster: z
      .boolean()
      .optional()
      .describe("Whether routes apply to callers in the cluster, too. Default: only without a gateway."),
    routes: z
      .array(route)
      .default([])
      .describe(
        "Which requests go where. The most specific route that matches is taken, as in the Gateway API. Default: all requests come here.",
      ),
    subsets: z
      .record(shortName(40), podLabels)
      .default({})
      .describe("Versions of the service by labels of their pods.")
      .meta({ examples: [{ stable: { version: "v1" }, canary: { version: "v2" } }] }),
    split: z
      .record(shortName(40), weight)
      .refine((all) => total(Object.values(all)) === 100, "does not add up to 100; change the shares")
      .optional()
      .describe("Share of each subset in percent, for routes without backends. Default: all pods alike.")
      .meta({ examples: [{ stable: 90, canary: 10 }] }),
    canary: canarySchema.optional(),
    destination: destinationSchema.optional(),
    ingress: serviceIngressSchema.optional(),
    rateLimit: rateLimitSchema.optional(),
  })
  .describe(
    "How callers reach the service: hosts, gateway, routes. Default: by its address in the cluster alone.",
  );

export type ServiceTraffic = z.output<typeof trafficSchema>;

function total(shares: readonly number[]): number {
  return shares.reduce((sum, each) => sum + each, 0);
}
