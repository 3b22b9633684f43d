import { ciHost } from "../model/ci-host";
import { roleArn } from "../model/role-arn";
import type { Target } from "../model/target";
import { stacksBefore } from "../model/stacks/stack-order";
import { stackId } from "../model/stacks/state-location";
import type { StackName } from "../model/stacks/stack-names";

/** What CI knows of a target: names only, no secret. */
export interface CiTarget {
  readonly target: string;
  readonly environment: string;
  readonly region: string;
  readonly workspace: string;
  /** Stacks in the order of their deployment. */
  readonly stacks: readonly StackName[];
  /** Role that a job gets by OIDC. */
  readonly role: string;
  /** Host of the issuer of those tokens. */
  readonly host: string;
  /** Label of a runner that reaches the Kubernetes API. */
  readonly runner: string;
}

export function ciTarget(target: Target): CiTarget {
  const { name, environment, region, workspace, config } = target;
  const { ci } = config.account;
  return {
    target: name,
    environment,
    region,
    workspace,
    stacks: target.stacks,
    role: roleArn(ci?.role ?? "octarine-ci", target),
    host: ci === undefined ? "" : ciHost(ci),
    runner: runnerLabel(target),
  };
}

/**
 * Label of runners that plan and deploy, by what `runner.reach` says. They are one's own: one of GitHub's or GitLab's is in no
 * VPC of ours, and a standard one has no address that `cluster.endpoint.cidrs` could list.
 */
export function runnerLabel({
  config,
  environment,
  workspace,
}: Pick<Target, "config" | "environment" | "workspace">): string {
  switch (config.runner?.reach) {
    case "in-vpc":
      return workspace;
    case "ssm-tunnel":
      return `${workspace}-tunnel`;
    case "peered":
    case "public":
    case undefined:
      return environment;
  }
}

/** A stack with those that must be applied before it, by their ids. */
export interface CiStack {
  readonly id: string;
  readonly dependsOn: readonly string[];
  /** Stacks of one group need none of each other. */
  readonly group: number;
}

/** All stacks of a target in order, from the same graph that deploys them. */
export function ciStacks(target: Target): readonly CiStack[] {
  const groups = new Map<StackName, number>();
  return target.stacks.map((stack) => {
    const before = stacksBefore(stack, target);
    const group = Math.max(0, ...before.map((each) => (groups.get(each) ?? 0) + 1));
    groups.set(stack, group);
    return {
      id: stackId(target, stack),
      dependsOn: before.map((each) => stackId(target, each)),
      group,
    };
  });
}
