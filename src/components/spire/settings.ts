import { z } from "zod";

export const trustDomain = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9._-]{0,253}[a-z0-9])?$/,
    "is not a trust domain; write for example prod.example.com",
  )
  .refine(
    (name) => !/^(example\.(org|com)|spiffe\.cilium|cluster\.local)$/.test(name),
    "is a default that other meshes have, too; write a name of your own, for example prod.acme.internal",
  )
  .describe("Trust domain of the identities: one for each mesh, never shared with strangers.")
  .meta({ examples: ["workloads.acme.internal"] });

export const spireSettings = z.strictObject({
  kind: z
    .literal("spire")
    .describe("SPIRE: SPIFFE identities (X.509 and JWT) for workloads, by a CSI volume."),
  trustDomain,
  caSubject: z
    .strictObject({
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, "is not a country; write two capital letters")
        .describe("Country of the CA, as two capital letters.")
        .meta({ examples: ["NL"] }),
      organization: z
        .string()
        .regex(
          /^[\p{L}\p{N}][\p{L}\p{N} .,&'()/+-]{0,63}$/u,
          "is not the name of an organization; write letters, digits, spaces and .,&'()/+-, at most 64",
        )
        .refine((name) => name !== "Example", "is the chart's default, which it refuses; write your own")
        .describe("Organization of the CA, as its certificate names it.")
        .meta({ examples: ["Acme Payments"] }),
    })
    .describe("Whom the CA's certificate names as its subject."),
  storageGiB: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe("Size of the server's encrypted gp3 volume in GiB."),
});
