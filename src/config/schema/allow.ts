import { z } from "zod";
import { chosenKey } from "./chosen-key";
import { reason } from "./common";
import {
  calledFields,
  calledPeer,
  type CalledPeer,
  callingFields,
  callingPeer,
  type CallingPeer,
  type CallPort,
  podLabels,
  portFields,
} from "./peers";

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
          "Regular expression for the whole path. A query string after it passes as well, unless the expression names one. Default: all.",
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
      "Pods of this namespace that it applies to. Default: all except those of workloads, which declare their own.",
    )
    .meta({ examples: [{ app: "payments-api" }] }),
  http,
  reason: reason("the payment provider has no fixed ranges: PAY-77")
    .optional()
    .describe(
      "Why this is open, for reviewers. Needed for 0.0.0.0/0, and for callers without an identity where a mesh takes mutual TLS only. Default: none.",
    ),
};

const to = z
  .strictObject({ ...calledFields, ...portFields })
  .transform(({ port, protocol, ...given }, context) => {
    const peer = calledPeer(given, context);
    return peer === undefined ? z.NEVER : { peer, port: { port, protocol } };
  });

const from = z
  .strictObject({ ...callingFields, ...portFields })
  .transform(({ port, protocol, ...given }, context) => {
    const peer = callingPeer(given, context);
    return peer === undefined ? z.NEVER : { peer, port: { port, protocol } };
  });

/** The key that an entry has, with the other end of the call. */
export type AllowedEnd =
  | { readonly key: "to"; readonly peer: CalledPeer; readonly port: CallPort }
  | { readonly key: "from"; readonly peer: CallingPeer; readonly port: CallPort };

const entry = z
  .strictObject({
    to: to.optional().describe("Whom the pods may call. Default: from says who calls them."),
    from: from.optional().describe("Who may call the pods. Default: to says whom they call."),
    ...common,
  })
  .transform(({ to: called, from: calling, ...rest }, context) => {
    const chosen = chosenKey({ to: called, from: calling }, ["to", "from"], context);
    if (chosen === undefined) return z.NEVER;
    const end: AllowedEnd =
      chosen.key === "to" ? { key: "to", ...chosen.value } : { key: "from", ...chosen.value };
    return { ...rest, end };
  });

export const allowSchema = z
  .array(entry)
  .prefault([])
  .describe("Traffic that is allowed in addition to what every pod needs.")
  .meta({ examples: [[{ to: { cidr: "10.201.20.0/24", port: 3306 } }]] });

export type AllowConfig = z.output<typeof entry>;
