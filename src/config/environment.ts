import { partitionOf } from "../facts/regions";
import { disagreementProblems, environmentProblems } from "./checks/environment-checks";
import { closestOf } from "./nearest";
import { ConfigError, sortProblems } from "./problem";
import type { AccountConfig } from "./schema/account";
import { UnknownTargetError } from "./select-targets";
import { type Fleet, roleArn, type Target } from "./target";

/** What the targets of an environment share: one AWS account, one state bucket, one set of roles. */
export interface Environment {
  /** `prod` */
  readonly name: string;
  readonly account: AccountConfig;
  readonly partition: string;
  readonly stateBucket: string;
  readonly stateRegion: string;
  /** Tags that all of its targets have. */
  readonly tags: Readonly<Record<string, string>>;
  /** In order of their names. */
  readonly targets: readonly [Target, ...Target[]];
}

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

function describeEnvironment(first: Target, others: readonly Target[]): Environment {
  const { account, state } = first.config;
  return {
    name: first.environment,
    account,
    partition: partitionOf(state.region),
    stateBucket: first.stateBucket,
    stateRegion: state.region,
    tags: sharedTags([first, ...others]),
    targets: [first, ...others],
  };
}

/** A role of the environment, by name or ARN. */
export function environmentRoleArn(nameOrArn: string, { targets }: Environment): string {
  return roleArn(nameOrArn, targets[0]);
}

function sharedTags(targets: readonly Target[]): Record<string, string> {
  const [first, ...others] = targets.map(({ config }) => config.tags);
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([tag, value]) => others.every((tags) => tags[tag] === value)),
  );
}

function unknownEnvironment({ targets }: Fleet, name: string): UnknownTargetError {
  const known = [...new Set(targets.map(({ environment }) => environment))];
  const near = closestOf(name, known);
  return new UnknownTargetError(
    `${name} is not an environment; did you mean ${near}? Known: ${known.join(", ")}`,
  );
}
