import type { AwsCall } from "../../components/aws-call";
import type { Verdict } from "../../guardrails/iam/authorize";

/** Where a policy that stops a call is: in Terraform's words, or in no stack and the organization's level. */
export interface PolicyPlace {
  readonly stack: string;
  readonly address: string;
}

/** One call on one resource, and what becomes of it. */
export interface ProvedCall {
  readonly call: AwsCall;
  /** ARN with its references followed. */
  readonly resource: string;
  readonly verdict: Verdict;
  /** The policy of the endpoint, the key or the like that stops it or leaves it open. */
  readonly at?: PolicyPlace;
}
