import type { Target } from "../../model/target";
import type { UpgradeHop } from "../../releases/upgrade/plan";
import type { LiveCheck } from "../../verify/live-check";
import { replacesNodes } from "../hop-steps";
import { insightsPass, noDeprecatedCalls, noRemovedObjects } from "./api-checks";
import { budgetsAllow, noBarePods } from "./drain-checks";
import { objectsKeepMeaning } from "./object-checks";

/** What is asked about teams' objects and calls before a hop: what would break by it, or hold it up. */
export function preflightChecks(target: Target, hop: UpgradeHop): LiveCheck[] {
  const raises = hop.steps.some(({ component }) => component === "kubernetes");
  const ofObjects = objectsKeepMeaning(target, hop);
  return [
    ...(raises ? [insightsPass(hop), noDeprecatedCalls(hop), ...noRemovedObjects(hop)] : []),
    ...(ofObjects === undefined ? [] : [ofObjects]),
    ...(replacesNodes(target, hop) ? [budgetsAllow, noBarePods] : []),
  ];
}
