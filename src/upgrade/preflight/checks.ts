import type { Target } from "../../model/target";
import type { UpgradeHop } from "../../releases/upgrade/plan";
import type { LiveCheck } from "../../verify/live-check";
import { installedSteps, replacesNodes } from "../hop-steps";
import { insightsPass, noDeprecatedCalls, noRemovedObjects } from "./api-checks";
import { budgetsAllow, noBarePods } from "./drain-checks";
import { objectsKeepMeaning } from "./object-checks";
import { proxiesAt, proxiesMayStay } from "./proxy-checks";

/** What is asked about teams' objects and calls before a hop: what would break by it, or hold it up. */
export function preflightChecks(target: Target, hop: UpgradeHop): LiveCheck[] {
  const raises = hop.steps.some(({ component }) => component === "kubernetes");
  const ofObjects = objectsKeepMeaning(target, hop);
  return [
    ...(raises ? [insightsPass(hop), noDeprecatedCalls(hop), ...noRemovedObjects(hop)] : []),
    ...(ofObjects === undefined ? [] : [ofObjects]),
    ...istioOf(target, hop).map(proxiesMayStay),
    ...(replacesNodes(target, hop) ? [budgetsAllow, noBarePods] : []),
  ];
}

/** What is told at the end of a hop, and is a team's to do when it suits. */
export function afterHop(target: Target, hop: UpgradeHop): LiveCheck[] {
  return istioOf(target, hop).map(proxiesAt);
}

/** The version of Istio that a hop brings to sidecars; none where it brings none, or the mesh has none. */
function istioOf(target: Target, hop: UpgradeHop): string[] {
  if (target.mesh.dataPlane !== "sidecar") return [];
  return installedSteps(target, hop).flatMap(({ component, to }) => (component === "istio" ? [to] : []));
}
