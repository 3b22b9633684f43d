import { z } from "zod";
import { shortName } from "./common";
import { policyArn } from "./node-group-parts";
import { statement } from "./workloads/aws";

const podIdentitySchema = z
  .strictObject({
    namespace: shortName(63).describe(
      "Namespace of the service account. Nobody has to have made it yet: GitOps may do that later.",
    ),
    serviceAccount: z
      .string()
      .regex(
        /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
        "is not a service account; write its name as Kubernetes has it, in lower-case letters, digits, dashes and dots",
      )
      .describe("Service account that gets the role. Its pods have it from their next start on.")
      .meta({ examples: ["orders-worker"] }),
    statements: z
      .array(statement)
      .min(1)
      .optional()
      .describe(
        "What its pods may do in AWS, as a policy of the role's own. Default: none, where policyArns say it.",
      ),
    policyArns: z
      .array(policyArn)
      .min(1)
      // "IAM and AWS STS quotas": ten policies on a role; the statements are one of them.
      .max(9, "are more than fit on a role: AWS takes 10, of which the statements are one; write at most 9")
      .optional()
      .describe("IAM policies that there are already, by ARN. Default: none, where statements say it.")
      .meta({ examples: [["arn:aws:iam::111122223333:policy/ReadOrders"]] }),
  })
  .refine(
    ({ statements, policyArns }) => statements !== undefined || policyArns !== undefined,
    "allows nothing; write statements, policyArns, or both",
  )
  .describe("One service account with an AWS role.")
  .meta({
    examples: [
      {
        namespace: "payments",
        serviceAccount: "orders-worker",
        policyArns: ["arn:aws:iam::111122223333:policy/ReadOrders"],
      },
    ],
  });

/** The role is <cluster>-pod-<name>, of at most 64 characters. */
export const podIdentitiesSchema = z
  .record(shortName(19), podIdentitySchema)
  .default({})
  .describe(
    "AWS roles for service accounts that no service of workloads has, such as those that GitOps makes, by EKS Pod Identity. A role is named <cluster>-pod-<name>.",
  );

export type PodIdentityConfig = z.output<typeof podIdentitySchema>;
