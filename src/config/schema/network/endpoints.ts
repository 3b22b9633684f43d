import { z } from "zod";

export const endpointsSchema = z
  .strictObject({
    set: z
      .enum(["standard", "isolated", "gateway-only"])
      .default("standard")
      .describe(
        "standard: what nodes and the platform call; isolated: also what they would reach by NAT; gateway-only: S3.",
      ),
    additional: z
      .array(z.string().regex(/^[a-z0-9.-]+$/, "is no AWS service name; write for example bedrock-runtime"))
      .default([])
      .describe("Further interface endpoints by service name."),
  })
  .prefault({})
  .describe("VPC endpoints. S3 always has its gateway endpoint, which costs nothing.");
