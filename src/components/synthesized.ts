import type { Attributes, Value } from "../values/value";
import type { AwsCall } from "./aws-call";
import type { ClusterPlace } from "./calls-of";

/** What calls are read from: all that a target's stacks synthesize, and who calls. */
export interface Synthesized {
  readonly place: ClusterPlace;
  /** Inputs of the module's call that makes the caller's role. */
  readonly role: Attributes;
  /** Resources of a Terraform type. */
  readonly resources: (type: string) => readonly Attributes[];
  /** Kubernetes objects of some kinds, which the platform's own releases make. */
  readonly objects: (...kinds: readonly string[]) => readonly Attributes[];
  /** Values of the releases of a chart, by its name behind the last slash. */
  readonly releases: (chart: string) => readonly Value[];
  /** A text, or the reference that stands for it: values of charts have it as JSON. */
  readonly written: (value: Value) => string;
  /** ARN of the role that an object names, by itself or by a reference to one of the object's own stack. */
  readonly roleArn: (object: Attributes, role: Value) => string;
  /** All values of a key, however deep: `topic_arn` of an alert's receivers. */
  readonly deep: (value: Value, key: string) => readonly string[];
}

export type CallsOf = (synthesized: Synthesized) => AwsCall[];

/** By the name of a service account, or of the add-on that has one; undefined of those of others. */
export type AccountCalls = (account: string, synthesized: Synthesized) => AwsCall[] | undefined;

/** Of accounts whose names never differ. */
export function ofAccounts(calls: Readonly<Record<string, CallsOf>>): AccountCalls {
  const byName = new Map(Object.entries(calls));
  return (account, synthesized) => byName.get(account)?.(synthesized);
}

/** What there is, once each. */
export const each = (list: readonly string[]): string[] => [...new Set(list)].filter((one) => one !== "");

/** ARNs of log groups begin with it. */
export function logGroupPrefix({ partition, region, accountId }: ClusterPlace): string {
  return `arn:${partition}:logs:${region}:${accountId}:log-group:`;
}
