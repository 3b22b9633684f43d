import type { Unknown } from "../../values/value";

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
  readonly context: Context;
  /** Keys that it has in common with other calls. What `context` says counts, then what the first of these says. */
  readonly shared?: readonly Context[];
}

export type ContextValue = readonly string[] | Unknown;

/** Condition keys in lower case, with their values. */
export type Context = Readonly<Record<string, ContextValue>>;

/** What a call carries of a condition key, in whatever case it is written. */
export function valueOfKey({ context, shared }: CallRequest, key: string): ContextValue | undefined {
  const lower = key.toLowerCase();
  return context[lower] ?? shared?.find((each) => each[lower] !== undefined)?.[lower];
}
