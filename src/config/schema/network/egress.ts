import { z } from "zod";
import { reason, zoneName } from "../common";

export const egressSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z
        .literal("nat-per-zone")
        .describe("A NAT gateway in each zone: a zone's loss stays in that zone."),
      elasticIps: z
        .record(
          zoneName,
          z
            .string()
            .regex(/^eipalloc-[0-9a-f]+$/, "is no allocation id; write for example eipalloc-0a1b2c3d"),
        )
        .optional()
        .describe("Own Elastic IPs by zone, for partners' allow-lists. Default: new ones."),
    }),
    z.strictObject({
      kind: z.literal("nat-single").describe("One NAT gateway. All zones lose egress with its zone."),
      reason: reason.optional().describe("Why one is enough. Required in production."),
    }),
    z.strictObject({
      kind: z
        .literal("none")
        .describe("No way to the internet: AWS by endpoints only, images from images.mirror."),
    }),
  ])
  .default({ kind: "nat-per-zone" })
  .describe("How traffic leaves the VPC.");
