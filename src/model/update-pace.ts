import { DEFAULT_MAX_UNAVAILABLE_PERCENT } from "../facts/defaults";
import type { NodeGroupConfig } from "../config/schema/nodes";

/** How many nodes of a group an update may take away at once: a part of them, or a number. */
export type UpdatePace = { readonly percent: number } | { readonly nodes: number };

export function updatePaceOf({
  maxUnavailable,
  maxUnavailablePercent = DEFAULT_MAX_UNAVAILABLE_PERCENT,
}: Pick<NodeGroupConfig, "maxUnavailable" | "maxUnavailablePercent">): UpdatePace {
  return maxUnavailable === undefined ? { percent: maxUnavailablePercent } : { nodes: maxUnavailable };
}
