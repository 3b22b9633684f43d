import type { Attributes } from "./value";

/** Which reading a resource comes from: the synthesized configuration, or a plan. */
export type Source = "input" | "plan";

/**
 * One thing that a rule can judge, in the shape that a plan shows it in, whichever reading it comes from. Besides
 * Terraform types there are these: `terraform` (settings of a stack), `provider.<name>`, `module` (a call),
 * `data.<type>`, `sg-rule`, `policy-statement`, `helm_release` with its values parsed, and `k8s:<Kind>`.
 */
export interface Resource {
  readonly type: string;
  /** As Terraform spells it. */
  readonly address: string;
  /** Id of the stack. */
  readonly stack: string;
  readonly source: Source;
  readonly attributes: Attributes;
}

/** All that is judged together: the stacks of one target. */
export interface Inventory {
  readonly resources: readonly Resource[];
  /** Whether it holds all stacks of the target; a plan alone does not show the others. */
  readonly complete: boolean;
  readonly production: boolean;
}

export function ofType(inventory: Inventory, ...types: readonly string[]): Resource[] {
  return inventory.resources.filter(({ type }) => types.includes(type));
}
