import { fleetChecks, targetChecks } from "../checks/checks";
import type { Finding, FleetCheck, TargetCheck, TargetFinding } from "../checks/finding";
import type { Fleet, Target } from "../model/target";

interface Checks {
  readonly ofTarget: readonly TargetCheck[];
  readonly ofFleet: readonly FleetCheck[];
}

const allChecks: Checks = { ofTarget: targetChecks, ofFleet: fleetChecks };

/** A fleet never changes, and whoever tells its warnings has read its errors before. */
const known = new WeakMap<Fleet, readonly TargetFinding[]>();

/** Everything that the checks find, errors and warnings. A check that throws is a finding, and hides no other. */
export function fleetFindings(fleet: Fleet): readonly TargetFinding[] {
  const found = known.get(fleet) ?? findingsBy(fleet, allChecks);
  known.set(fleet, found);
  return found;
}

export function findingsBy(fleet: Fleet, { ofTarget, ofFleet }: Checks): readonly TargetFinding[] {
  const [first] = fleet.targets;
  return [
    ...fleet.targets.flatMap((target) =>
      ofTarget.flatMap((check) =>
        guarded(check.name, target, () => check(target).map((finding) => ({ target, finding }))),
      ),
    ),
    ...(first === undefined
      ? []
      : ofFleet.flatMap((check) => guarded(check.name, first, () => check(fleet)))),
  ];
}

function guarded(name: string, target: Target, findings: () => TargetFinding[]): TargetFinding[] {
  try {
    return findings();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const finding: Finding = {
      path: [],
      message: `can't be checked by ${name}: ${reason}; fix the other problems first, and report this one if it stays (a fault in Octarine)`,
    };
    return [{ target, finding }];
  }
}
