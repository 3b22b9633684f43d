import { z } from "zod";
import { kmsKeyArn, shortName } from "../../config/schema/common";

const path = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.+=@-]*(\/[\w.+=@-]+)*\/$/,
    "is not a path; write a prefix that ends in a slash and starts without one, for example prod/payments/",
  )
  .meta({ examples: ["prod/payments/"] });

export const store = z
  .strictObject({
    kind: z
      .enum(["secrets-manager", "parameter-store"])
      .default("secrets-manager")
      .describe(
        "Where the secrets lie. secrets-manager: AWS Secrets Manager; parameter-store: Systems Manager Parameter Store.",
      ),
    paths: z.array(path).min(1).describe("Prefixes of the names that may be read; nothing else can be read."),
    namespaces: z
      .array(shortName(63))
      .min(1)
      .describe("Kubernetes namespaces that may use the store. Others are refused by the operator."),
    keyArns: z
      .array(kmsKeyArn)
      .default([])
      .describe("KMS keys of your own that encrypt those secrets. Not needed for AWS's own key."),
  })
  .describe("A place in AWS that secrets are read from, and who may read them.");
