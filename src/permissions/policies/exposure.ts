import type { Resource, Source } from "../../guardrails/resource";
import type { Grants } from "../grants/grants";
import type { Identity } from "../identity";
import { escalations } from "./escalations";
import { openings } from "./openings";

/** A way to more than is meant: who gets in, or how somebody gets further rights. */
export interface Exposure {
  readonly kind: "public" | "account" | "escalation";
  readonly stack: string;
  /** Of the policy's resource, or of the role. */
  readonly address: string;
  readonly detail: string;
  /** Why it is so for a reason of the design: then no rule finds it, and it is only shown. */
  readonly byDesign?: string;
}

/** All of them in a target, by what its policies say. */
export function exposuresOf(
  grants: Grants,
  identities: readonly Identity[],
  namedAccounts: ReadonlySet<string>,
): Exposure[] {
  return [...openings(grants, namedAccounts), ...escalations(grants, identities)];
}

/** As resources of type `aws-exposure`, for the rules PERMISSION-*. */
export function exposureResources(exposures: readonly Exposure[], source: Source): Resource[] {
  return exposures
    .filter(({ byDesign }) => byDesign === undefined)
    .map(({ kind, stack, address, detail }) => ({
      type: "aws-exposure",
      stack,
      address,
      source,
      attributes: { kind, detail },
    }));
}
