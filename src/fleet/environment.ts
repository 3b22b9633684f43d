import { disagreementProblems, environmentProblems } from "../checks/cluster/environments";
import { unknownName } from "../text/nearest";
import { ConfigError, sortProblems } from "../config/read/problem";
import { describeEnvironment, type Environment } from "../model/environment";
import { UnknownTargetError } from "./select-targets";
import type { Fleet, Target } from "../model/target";

/**
 * @throws UnknownTargetError where the fleet has no such environment
 * @throws ConfigError where its targets differ in what they share, or it could not be bootstrapped
 */
export function environmentOf(fleet: Fleet, name: string): Environment {
  const [first, ...others] = fleet.targets.filter(({ environment }) => environment === name);
  if (first === undefined) throw unknownEnvironment(fleet, name);
  const problems = environmentProblems(fleet, name);
  if (problems.length > 0) throw new ConfigError(sortProblems(problems));
  return describeEnvironment(first, others);
}

/**
 * The environment that some of its targets make, for what is asked of it without bootstrapping it. Undefined where they
 * differ in what they share.
 */
export function sharedEnvironment(targets: readonly Target[]): Environment | undefined {
  const [first, ...others] = targets;
  if (first === undefined || disagreementProblems(targets).length > 0) return undefined;
  return describeEnvironment(first, others);
}

function unknownEnvironment({ targets }: Fleet, name: string): UnknownTargetError {
  const known = [...new Set(targets.map(({ environment }) => environment))];
  return new UnknownTargetError(unknownName(name, "an environment", known));
}
