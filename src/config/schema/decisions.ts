import { z } from "zod";
import { reason } from "./common";
import { day } from "./waivers";

/** What people must decide and write down, because no configuration can show it (docs/readiness.md). */
export const decisionNames = [
  "capacity-measurement",
  "cni-warm-addresses",
  "cni-prefixes",
  "custom-networking",
  "dns-incidents",
  "egress-controls",
  "ipv6",
  "kube-proxy",
  "load-balancer-health",
  "load-balancer-owners",
  "network-acls",
  "pod-security-groups",
  "policy-tests",
  "private-zones",
  "subnet-fragmentation",
] as const;

const decision = z
  .strictObject({
    choice: z
      .string()
      .min(3, "is too short; write what was decided")
      .describe("What was decided, in a sentence."),
    why: reason("partners' allow-lists hold IPv4 only until 2027: ARCH-52").describe(
      "Why, so that a reviewer can judge whether it still holds.",
    ),
    by: z
      .string()
      .min(2, "is too short; write the team or person who decided")
      .describe("Who decided: a person or team that can be asked.")
      .meta({ examples: ["network-team"] }),
    on: day.describe("Day of the decision, YYYY-MM-DD.").meta({ examples: ["2026-11-02"] }),
    review: day.describe("Last day on which it holds without a new review."),
  })
  .refine(({ on, review }) => on < review, {
    message: "is not after the day of the decision; write a later day",
    path: ["review"],
  })
  .describe("One decision.");

export const decisionsSchema = z
  .partialRecord(z.enum(decisionNames), decision)
  .default({})
  .describe("Decisions that the readiness checklists ask for.");

export type Decision = z.output<typeof decision>;
