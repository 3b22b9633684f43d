import { z } from "zod";
import { reason } from "./common";

/** Services of which all may be allowed: none of what they do reads what programs or people keep. */
const wholeServices = ["ec2", "eks", "elasticloadbalancing", "network-firewall", "route53resolver"] as const;

export const deployPolicySchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z
        .literal("generated")
        .describe(
          "What the deploys of the environment's targets call and no more, kept in deploy-policy.json.",
        ),
      whole: z
        .array(z.enum(wholeServices))
        .default([])
        .describe(
          "Services of which every action is allowed, in the regions of the targets: for fleets whose policies are more than IAM attaches to a role.",
        )
        .meta({ examples: [["ec2"]] }),
    }),
    z.strictObject({
      kind: z
        .literal("wide")
        .describe(
          "Whole services and what else builds a platform, so that another kind of stack needs no new bootstrap.",
        ),
      reason: reason("the platform team tries services here before they are in the configuration: PLAT-58"),
    }),
  ])
  .default({ kind: "generated", whole: [] })
  .describe("What the deploy role may do. npx octarine bootstrap makes its policies.");
