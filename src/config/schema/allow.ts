import { z } from "zod";
import { cidr, reason, shortName, targetName } from "./common";
import { labelMap } from "./labels";

export const podLabels = labelMap
  .refine(
    (all) => Object.keys(all).length > 0,
    "selects every pod of the namespace; name a label, or leave it out",
  )
  .meta({ examples: [{ app: "orders" }] });

export const portFields = {
  port: z.number().int().min(1).max(65535).describe("Port of the pods, or of the server that they call."),
  protocol: z.enum(["TCP", "UDP"]).default("TCP").describe("Transport protocol: TCP or UDP."),
};

export const namespacePeer = {
  namespace: shortName(63)
    .optional()
    .describe("Pods of this namespace. Default: none; another key says who."),
  pods: podLabels
    .optional()
    .describe("With namespace: only pods with these labels. Default: all of the namespace."),
  target: targetName
    .optional()
    .describe("With namespace: that of this target, a peer in Cilium's mesh. Default: the target itself."),
};

const http = z
  .array(
    z.strictObject({
      method: z
        .string()
        .regex(/^[A-Z]+$/, "is not an HTTP method; write for example GET")
        .optional()
        .describe("HTTP method that is let through. Default: all."),
      path: z
        .string()
        .startsWith("/", "is not a path; write a regular expression that starts with a slash, such as /v1/.*")
        .optional()
        .describe(
          "Regular expression for the whole path. A query string behind it passes, too, but where the expression names one. Default: all.",
        ),
    }),
  )
  .min(1, "allows no request; write one, or leave the key out")
  .optional()
  .describe("Only these requests, in clear HTTP. Needs Cilium, whose proxy reads them. Default: all.");

const common = {
  pods: podLabels
    .optional()
    .describe(
      "Pods of this namespace that it holds for. Default: all but those of workloads, which say it themselves.",
    )
    .meta({ examples: [{ app: "payments-api" }] }),
  http,
  reason: reason("the payment provider has no fixed ranges: PAY-77")
    .optional()
    .describe(
      "Why this is open, for reviewers. Needed for 0.0.0.0/0, and for callers without an identity where a mesh takes mutual TLS only. Default: none.",
    ),
};

/** Exactly one of these says who is at the other end. */
export const exactlyOne =
  (...keys: readonly string[]) =>
  (peer: object) =>
    keys.filter((key) => key in peer && peer[key as keyof typeof peer] !== undefined).length === 1;

/** Whom pods may call. */
export const calledPeer = {
  cidr: cidr
    .optional()
    .describe("Servers outside of the cluster by range. Default: none; another key says who.")
    .meta({ examples: ["10.201.20.0/24"] }),
  fqdn: z
    .string()
    .regex(
      /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
      "is not a DNS name; write for example api.example.com or *.example.com",
    )
    .optional()
    .describe(
      "Servers by DNS name; * for one label in front. Needs Cilium. Default: none; another key says who.",
    )
    .meta({ examples: ["api.stripe.com"] }),
  ...namespacePeer,
};

/** Who may call pods. */
export const callingPeer = {
  cidr: cidr
    .optional()
    .describe("Clients outside of the cluster by range. Default: none; another key says who.")
    .meta({ examples: ["10.202.0.0/20"] }),
  loadBalancer: z
    .enum(["public", "internal"])
    .optional()
    .describe(
      "Load balancers: their requests and health checks. public: those in the public subnets; internal: those in the node subnets. Default: none; another key says who.",
    ),
  ...namespacePeer,
};

const to = z
  .strictObject({ ...calledPeer, ...portFields })
  .refine(
    exactlyOne("cidr", "fqdn", "namespace"),
    "has not exactly one of cidr, fqdn and namespace; write one",
  );

const from = z
  .strictObject({ ...callingPeer, ...portFields })
  .refine(
    exactlyOne("cidr", "loadBalancer", "namespace"),
    "has not exactly one of cidr, loadBalancer and namespace; write one",
  );

export const allowSchema = z
  .array(
    z
      .strictObject({
        to: to.optional().describe("Whom the pods may call. Default: from says who calls them."),
        from: from.optional().describe("Who may call the pods. Default: to says whom they call."),
        ...common,
      })
      .refine(exactlyOne("to", "from"), "has not exactly one of to and from; write one"),
  )
  .prefault([])
  .describe("Traffic that is allowed besides what every pod needs.")
  .meta({ examples: [[{ to: { cidr: "10.201.20.0/24", port: 3306 } }]] });

export type AllowConfig = z.output<typeof allowSchema>[number];
