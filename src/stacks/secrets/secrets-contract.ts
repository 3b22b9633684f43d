import { map, text, type OutputContract } from "../base/output-contract";

/** What the secrets stack publishes. */
export const secretsContract = {
  external_secrets_role_arn: text("IAM role of External Secrets; empty without it"),
  store_role_arns: map("IAM roles of the secret stores, by store"),
} as const satisfies OutputContract;
