import type { Resource, Source } from "../../guardrails/resource";
import type { Grants } from "../grants/grants";
import type { Identity } from "../identity";
import { escalations } from "./escalations";
import type { Exposure } from "./exposure";
import { openings } from "./openings";

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
