import { z } from "zod";
import { podSecurityGroupIds } from "../security-groups-for-pods";

const action = z
  .string()
  .regex(
    /^[a-z0-9-]+:[A-Za-z0-9]+$/,
    "is not a single action; write <service>:<Action> without *, for example sqs:ReceiveMessage",
  )
  .meta({ examples: ["sqs:ReceiveMessage"] });

const resource = z
  .string()
  .regex(
    /^arn:(aws[a-z-]*|\{partition\}):[a-z0-9-]+:([a-z0-9-]*|\{region\}):(\d{12}|\{account\})?:[^*?\s]+(\/\*)?$/,
    "is not the ARN of something named; write it in full, with * only for what is below a path: arn:aws:s3:::orders/*",
  )
  .meta({ examples: ["arn:aws:sqs:{region}:{account}:orders"] });

/** One statement of an identity's policy. */
export const statement = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9]{1,64}$/, "is not a statement id; write letters and digits")
    .describe("What the statement is for, as its id.")
    .meta({ examples: ["ReadOrders"] }),
  actions: z.array(action).min(1).describe("AWS actions, each by its full name, without *."),
  resources: z
    .array(resource)
    .min(1)
    .describe(
      "ARNs. {account}, {region} and {partition} are the target's; /* at the end stands for what is below.",
    ),
});

export const identitySchema = z
  .strictObject({
    statements: z.array(statement).min(1).describe("What the service may do in AWS, and nothing else."),
  })
  .optional()
  .describe("An AWS role of the service's own, by EKS Pod Identity. Default: none.");

export const securityGroupsSchema = podSecurityGroupIds
  .optional()
  .describe(
    "Security groups of the pods in place of the nodes', 1 to 5. Needs cni.securityGroupsForPods. Default: the nodes'.",
  );
