import { z } from "zod";
import { spireSettings, trustDomain } from "../../components/spire/settings";

export const identitySchema = z
  .discriminatedUnion("kind", [
    spireSettings,
    z.strictObject({
      kind: z
        .literal("cilium")
        .describe("Cilium's mutual authentication, with a SPIRE of its own (beta upstream)."),
      trustDomain,
    }),
  ])
  .optional()
  .describe("Cryptographic identities of workloads: SPIRE or Cilium's, one of the two. Default: none.");
