import { z } from "zod";
import { kmsKeyArn, shortName } from "./common";

const path = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.+=@-]*(\/[\w.+=@-]+)*\/$/,
    "is not a path; write a prefix that ends in a slash and starts without one, for example prod/payments/",
  )
  .meta({ examples: ["prod/payments/"] });

const store = z
  .strictObject({
    kind: z
      .enum(["secrets-manager", "parameter-store"])
      .default("secrets-manager")
      .describe(
        "Where the secrets lie. secrets-manager: AWS Secrets Manager; parameter-store: Systems Manager Parameter Store.",
      ),
    paths: z.array(path).min(1).describe("Prefixes of the names that may be read. Nothing else can be."),
    namespaces: z
      .array(shortName(63))
      .min(1)
      .describe("Kubernetes namespaces that may use the store. Others are refused by the operator."),
    keyArns: z
      .array(kmsKeyArn)
      .default([])
      .describe("KMS keys of your own that encrypt those secrets. Not needed for AWS's own key."),
  })
  .describe("A place in AWS that secrets are read from, and who may.");

export const secretsSchema = z
  .strictObject({
    delivery: z
      .enum(["external-secrets", "csi", "both"])
      .default("external-secrets")
      .describe(
        "How secrets get to pods. external-secrets: AWS secrets become Kubernetes secrets. csi: they are mounted as files and never stored in the cluster. both: as each workload says.",
      ),
    stores: z.record(shortName(30), store).default({}).describe("Stores by name; a ClusterSecretStore each."),
    rotationMinutes: z
      .number()
      .int()
      .min(2)
      .max(1440)
      .default(60)
      .describe("How often mounted secrets are read again, in minutes. Every read of every mount is billed."),
  })
  .optional()
  .describe("How workloads get secrets from AWS. Default: not at all.");

export type SecretsConfig = NonNullable<z.output<typeof secretsSchema>>;
