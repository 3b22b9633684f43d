import { z } from "zod";
import { kmsKeyArn, shortName } from "../common";

const name = z
  .string()
  .regex(
    /^[\w.+=@-]+(\/[\w.+=@-]+)*$/,
    "is not the name of a secret; write for example prod/payments/database",
  )
  .describe("Full name of the secret or parameter in AWS.")
  .meta({ examples: ["prod/payments/database"] });

const remote = z.strictObject({
  name,
  property: z.string().min(1).optional().describe("Field of a secret that holds JSON. Default: all of it."),
});

/** Keys of a Kubernetes secret, which are file names and names of variables. */
const key = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_.-]{0,252}$/,
    "is not a key; write letters, digits, dots, dashes and underscores",
  );

const secret = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z
      .literal("external-secret")
      .describe("A Kubernetes secret that External Secrets keeps up to date."),
    store: shortName(30).describe("Store of secrets.stores, open to the service's namespace."),
    as: z
      .enum(["environment", "files"])
      .default("environment")
      .describe(
        "How the container gets the secret. environment: variables, read when a pod starts; files: below /etc/secrets/<secret>, which follow a change.",
      ),
    keys: z.record(key, remote).describe("Variables or files by name, and what they hold."),
  }),
  z.strictObject({
    kind: z
      .literal("mounted")
      .describe("Files below /etc/secrets/<secret> by the CSI driver; nothing is stored in the cluster."),
    source: z
      .enum(["secrets-manager", "parameter-store"])
      .default("secrets-manager")
      .describe(
        "Where the secrets lie. secrets-manager: AWS Secrets Manager; parameter-store: Systems Manager Parameter Store.",
      ),
    keys: z
      .record(key, remote)
      .describe("Files by name, and what they hold. The service's own role may read them."),
    keyArns: z
      .array(kmsKeyArn)
      .default([])
      .describe("KMS keys of your own that encrypt them. Not needed for AWS's own key."),
  }),
]);

export const workloadSecretsSchema = z
  .record(shortName(20), secret)
  .default({})
  .describe("Secrets from AWS that the pods get, by a name of your own.");

export type WorkloadSecretConfig = z.output<typeof secret>;
