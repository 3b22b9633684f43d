import type { CallRequest } from "../../../src/guardrails/iam/request";
import { statement } from "../../../src/guardrails/read/policy-statements";
import type { Resource } from "../../../src/guardrails/resource";
import type { Attributes } from "../../../src/values/value";

export type Statement = Readonly<Record<string, unknown>>;

/** Statements as IAM's JSON has them. */
export function statements(...sources: readonly Statement[]): Resource[] {
  const holder: Resource = {
    type: "aws_iam_policy",
    address: "p",
    stack: "s",
    source: "input",
    attributes: {},
  };
  return sources.map((each, index) => statement(holder, "identity", each as Attributes, index));
}

export const ACCOUNT = "111122223333";
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
export const caller = { kind: "role", arn: ROLE, account: ACCOUNT } as const;

export function request(more: Partial<CallRequest> = {}): CallRequest {
  return { action: "s3:GetObject", resource: "arn:aws:s3:::books/a", context: {}, ...more };
}

export const allow = (more: Statement = {}): Statement => ({
  Effect: "Allow",
  Action: "s3:*",
  Resource: "*",
  ...more,
});
export const deny = (more: Statement = {}): Statement => ({ ...allow(more), Effect: "Deny" });
