import type { Json, JsonPath } from "../../terraform-plan/json";

/** What Terraform does with one object. `unknown` is a combination that this version does not know. */
export const actions = [
  "no-op",
  "read",
  "create",
  "update",
  "replace",
  "delete",
  "forget",
  "unknown",
] as const;
export type Action = (typeof actions)[number];

/** One entry of a plan's `resource_changes` or `resource_drift`. */
export interface PlannedChange {
  readonly stack: string;
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly action: Action;
  /** Terraform's own words for the action, for example `delete`, `create`. */
  readonly rawActions: readonly string[];
  /** Whether a replacement's new object is made before the old one goes. */
  readonly createBeforeDelete: boolean;
  /** Terraform's reason, for example `replace_because_tainted`. */
  readonly reason?: string;
  readonly previousAddress?: string;
  /** Key of an object that an earlier, interrupted replacement left behind. */
  readonly deposed?: string;
  readonly importing: boolean;
  readonly before: Json;
  readonly after: Json;
  /** Mirrors `after`: true where the value is known only after apply. */
  readonly afterUnknown: Json;
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
  /** Attributes whose change forces the replacement. */
  readonly replacePaths: readonly JsonPath[];
}

export interface PlannedOutput {
  readonly stack: string;
  readonly name: string;
  readonly action: Action;
}

/** A `check` block, precondition or postcondition that does not hold. */
export interface FailedCheck {
  readonly address: string;
  readonly problems: readonly string[];
}

/** A value that stands in a plan for what another stack has not published yet. */
export interface Placeholder {
  readonly value: string;
  /** The part of it by which it is found where something was made of it: a host of an address, a name of an ARN. */
  readonly mark: string;
  /** What it stands for: `network.vpc_id`. */
  readonly output: string;
}

/** One plan, as `terraform show -json` tells it. */
export interface Plan {
  /** Name of the stack, given by the caller: a plan does not hold it. */
  readonly stack: string;
  /** Where the plan was read from, as the caller wrote it. */
  readonly source: string;
  readonly terraformVersion: string;
  readonly changes: readonly PlannedChange[];
  readonly drift: readonly PlannedChange[];
  readonly outputs: readonly PlannedOutput[];
  readonly failedChecks: readonly FailedCheck[];
  /** Changes that Terraform puts off to a later plan. */
  readonly deferred: number;
  /** Planning stopped at an error: what is here is not all. */
  readonly errored: boolean;
  readonly complete: boolean;
  readonly placeholders: readonly Placeholder[];
  readonly priorState: Json;
  /** Made of two syntheses: no provider has had a look at it. */
  readonly isSynthesized?: boolean;
}
