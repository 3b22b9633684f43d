import { z } from "zod";
import { storedSecret } from "./stored-secret";

const awsPrivateCa = z.strictObject({
  kind: z
    .literal("aws-private-ca")
    .describe("AWS Private CA signs what each cluster needs. Private keys stay in the clusters."),
  arn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm-pca:[a-z0-9-]+:\d{12}:certificate-authority\/[0-9a-f-]{36}$/,
      "is not a CA of AWS Private CA; write arn:aws:acm-pca:<region>:<account>:certificate-authority/<id>",
    )
    .describe(
      "The root of the mesh, or a CA below it. One of another account has to be shared with this one.",
    )
    .meta({
      examples: [
        "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012",
      ],
    }),
  days: z
    .number()
    .int()
    .min(7)
    .max(3650)
    .default(90)
    .describe(
      "Number of days that what it signs is valid, within the validity of the CA above. It is renewed after two thirds of them.",
    ),
});

const secretsManager = z.strictObject({
  kind: z
    .literal("secrets-manager")
    .describe(
      "A CA kept in AWS Secrets Manager as JSON: ca-cert.pem, ca-key.pem, root-cert.pem, cert-chain.pem. External Secrets hands it over.",
    ),
  secret: storedSecret("mesh/ca").describe(
    "Where it is kept: under the same name in every region of the mesh. It is one CA, or for Istio one per region below a common root.",
  ),
});

export const certificateAuthority = z.discriminatedUnion("kind", [awsPrivateCa, secretsManager]);

export type AuthorityConfig = z.output<typeof certificateAuthority>;
