import { z } from "zod";
import { store } from "../../components/external-secrets/settings";
import { shortName } from "./common";

export const secretsSchema = z
  .strictObject({
    delivery: z
      .enum(["external-secrets", "csi", "both"])
      .default("external-secrets")
      .describe(
        "How secrets get to pods. external-secrets: AWS secrets become Kubernetes secrets. csi: they are mounted as files and never stored in the cluster. both: as each workload says.",
      ),
    stores: z.record(shortName(30), store).default({}).describe("Stores by name, each a ClusterSecretStore."),
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
