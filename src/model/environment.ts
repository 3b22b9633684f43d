import type { AccountConfig } from "../config/schema/account";
import type { DeployPolicy } from "./deploy-policy";
import { partitionOf } from "../facts/regions";
import { roleArn } from "./role-arn";
import type { Target } from "./target";

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
  /** The deploy role's policies where they are generated; undefined: wide ones. */
  readonly deployPolicies?: readonly DeployPolicy[];
  /** In order of their names. */
  readonly targets: readonly [Target, ...Target[]];
}

export function describeEnvironment(first: Target, others: readonly Target[]): Environment {
  const { account, state } = first.config;
  return {
    name: first.environment,
    account,
    partition: partitionOf(state.region),
    stateBucket: first.stateBucket,
    stateRegion: state.region,
    ...(first.deployPolicies && { deployPolicies: first.deployPolicies }),
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

/** What names of roles, policies and buckets of an environment begin with, without the dash. */
export function namePrefixesOf({ targets }: Pick<Environment, "targets">): string[] {
  // A network is named after its workspace, all else after its cluster.
  return [...new Set(targets.flatMap(({ clusterName, workspace }) => [clusterName, workspace]))].sort();
}

/** Policies that roles of the environment carry because a configuration names them, by ARN. */
export function namedPoliciesOf({ targets }: Pick<Environment, "targets">): string[] {
  const all = targets.flatMap(({ config }) => [
    ...Object.values(config.podIdentities).flatMap(({ policyArns = [] }) => policyArns),
    ...Object.values(config.nodes).flatMap(({ additionalPolicies }) => additionalPolicies),
  ]);
  return [...new Set(all)].sort();
}
