import { ciHost } from "../../model/ci-host";
import type { Problem } from "../../config/read/problem";
import { problemAt } from "../../config/read/problem-at";
import type { ConfigPath } from "../../config/read/source-node";
import type { Fleet, Target } from "../../model/target";
import { roleArn } from "../../model/role-arn";

/**
 * Why an environment can't be bootstrapped: its targets share an account, a state bucket and roles, which are made
 * once. Apart from the checks of a fleet, because a target can be synthesized and planned without any of this.
 */
export function environmentProblems(fleet: Fleet, environment: string): Problem[] {
  const targets = fleet.targets.filter((target) => target.environment === environment);
  const [first] = targets;
  if (first === undefined) return [];
  const differing = disagreementProblems(targets);
  return differing.length > 0 ? differing : [...deployerProblems(first), ...clashProblems(first, fleet)];
}

/** What the targets of an environment should share and don't. */
export function disagreementProblems([first, ...others]: readonly Target[]): Problem[] {
  return first === undefined ? [] : others.flatMap((other) => disagreements(first, other));
}

const SHARED: readonly (readonly [ConfigPath, (target: Target) => unknown])[] = [
  [["account", "id"], ({ config }) => config.account.id],
  [["account", "deployRole"], (target) => roleArn(target.config.account.deployRole, target)],
  [["account", "deployPolicy"], ({ config }) => config.account.deployPolicy],
  [["account", "deployers"], ({ config }) => config.account.deployers],
  [["account", "keyAdministrators"], ({ config }) => config.account.keyAdministrators],
  [["account", "ci"], ({ config }) => config.account.ci],
  [["account", "serviceLinkedRoles"], ({ config }) => config.account.serviceLinkedRoles],
  [["state", "region"], ({ config }) => config.state.region],
  [["state", "bucket"], ({ stateBucket }) => stateBucket],
];

function disagreements(first: Target, other: Target): Problem[] {
  return SHARED.flatMap(([path, valueOf]) => {
    const [expected, actual] = [text(valueOf(first)), text(valueOf(other))];
    if (expected === actual) return [];
    const message =
      `differs from ${expected} of ${first.name}, and targets of an environment share it;` +
      ` write it once, in ${first.environment}/environment.yaml`;
    return [problemAt(other, path, message, actual)];
  });
}

/** Who could assume the deploy role, and whether it is ours to make. */
function deployerProblems(target: Target): Problem[] {
  const { account } = target.config;
  const arn = roleArn(account.deployRole, target);
  const ownAccount = arn.split(":")[4] === account.id;
  return [
    ...(ownAccount
      ? []
      : [
          problemAt(
            target,
            ["account", "deployRole"],
            `is in another account, and bootstrap makes it in ${account.id}; write its name without an account`,
            account.deployRole,
          ),
        ]),
    ...(account.ci === undefined && account.deployers.length === 0
      ? [
          problemAt(
            target,
            ["account", "deployers"],
            "is empty and account.ci is missing, so nobody could assume the deploy role; write one of them",
          ),
        ]
      : []),
  ];
}

/** Other environments would make the same things: in an account names of roles are unique, a bucket's everywhere. */
function clashProblems(target: Target, { targets }: Fleet): Problem[] {
  const { account } = target.config;
  const { ci } = account;
  const others = targets.filter(({ environment }) => environment !== target.environment);
  const neighbours = others.filter(({ config }) => config.account.id === account.id);
  const clash = (
    path: ConfigPath,
    value: string,
    among: readonly Target[],
    isSame: (other: Target) => boolean,
    remedy: string,
  ) =>
    among
      .filter(isSame)
      .slice(0, 1)
      .map(({ environment }) =>
        problemAt(target, path, `is also made by ${environment}; write ${remedy}`, value),
      );
  const renamed = (name: string) => `another name, such as ${name}-${target.environment}`;
  const deployRole = roleArn(account.deployRole, target);
  return [
    ...clash(
      ["state", "bucket"],
      target.stateBucket,
      others,
      ({ stateBucket }) => stateBucket === target.stateBucket,
      "another bucket, or leave it out",
    ),
    ...clash(
      ["account", "deployRole"],
      account.deployRole,
      neighbours,
      (other) => roleArn(other.config.account.deployRole, other) === deployRole,
      renamed(account.deployRole),
    ),
    ...(ci === undefined
      ? []
      : [
          ...clash(
            ["account", "ci", "role"],
            ci.role,
            neighbours,
            ({ config }) => config.account.ci?.role === ci.role,
            renamed(ci.role),
          ),
          ...clash(
            ["account", "ci", "provider"],
            ci.provider,
            neighbours,
            ({ config }) => makesProviderOf(ci) && makesProviderOf(config.account.ci, ciHost(ci)),
            "existing in one of them",
          ),
        ]),
  ];
}

function makesProviderOf(ci: Target["config"]["account"]["ci"], host?: string): boolean {
  if (ci?.provider !== "create") return false;
  return host === undefined || ciHost(ci) === host;
}

function text(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
