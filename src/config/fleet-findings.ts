import { fleetChecks, targetChecks } from "./checks/checks";
import type { TargetFinding } from "./checks/finding";
import type { Fleet } from "./target";

/** Everything that the checks find, errors and warnings. */
export function fleetFindings(fleet: Fleet): readonly TargetFinding[] {
  return [
    ...fleet.targets.flatMap((target) =>
      targetChecks.flatMap((check) => check(target)).map((finding) => ({ target, finding })),
    ),
    ...fleetChecks.flatMap((check) => check(fleet)),
  ];
}
