import type { Unknown } from "../value";

/** A call as IAM sees it. */
export interface CallRequest {
  /** `iam:CreateRole` */
  readonly action: string;
  /** ARN; `*` of an action that knows no resource. */
  readonly resource: string;
  /** Whether it knows none: then no ARN of a policy is for it. */
  readonly knowsNoResource?: boolean;
  /**
   * Condition keys that the call carries, in lower case, with their values. A key that is not here is one that the
   * call does not carry.
   */
  readonly context: Readonly<Record<string, ContextValue>>;
}

export type ContextValue = readonly string[] | Unknown;
