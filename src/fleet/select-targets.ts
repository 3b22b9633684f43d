import { unknownName } from "../text/nearest";
import type { Fleet, Target } from "../model/target";
import { ExpectedError } from "../text/errors";

/** A target was named that is not there. Wrong usage, so exit code 2. */
export class UnknownTargetError extends ExpectedError {
  override readonly exitCode = 2;
}

/**
 * The targets named, or all when none is. A name is `prod/us-east-1`, its workspace `prod-us-east-1`, or an
 * environment `prod` for all of its targets.
 *
 * @throws UnknownTargetError
 */
export function selectTargets(fleet: Fleet, names: readonly string[]): Fleet {
  if (names.length === 0) return fleet;
  const selected = new Set(names.flatMap((name) => matching(fleet, name)));
  return { targets: fleet.targets.filter((target) => selected.has(target)) };
}

/** Exactly one target: for commands that change something, nothing is a default. */
export function selectTarget(fleet: Fleet, name: string): Target {
  const found = matching(fleet, name);
  const [target, ...others] = found;
  if (target === undefined || others.length > 0) {
    throw new UnknownTargetError(`${name} matches more than one target; name one: ${names(found)}`);
  }
  return target;
}

function matching(fleet: Fleet, name: string): Target[] {
  const found = fleet.targets.filter((target) => [target.name, target.workspace].includes(name));
  const all = found.length > 0 ? found : fleet.targets.filter(({ environment }) => environment === name);
  if (all.length > 0) return all;
  const environments = [...new Set(fleet.targets.map(({ environment }) => environment))];
  const known = fleet.targets.map((target) => target.name);
  throw new UnknownTargetError(unknownName(name, "a target", known, [...environments, ...known]));
}

function names(targets: readonly Target[]): string {
  return targets.map(({ name }) => name).join(", ");
}
