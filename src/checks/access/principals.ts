import { nodeRoleNames, stackRoleNames } from "../../model/stack-roles";
import type { ConfigPath } from "../../config/read/source-node";
import { roleArn } from "../../model/role-arn";
import type { Target } from "../../model/target";
import type { Finding, FleetCheck, TargetCheck, TargetFinding } from "../finding";

/** A role that the configuration names, and what for. */
interface NamedRole {
  readonly path: ConfigPath;
  /** As it is written. */
  readonly text: string;
  readonly use: "deploy" | "key-administrator" | "deployer" | "access";
}

function namedRoles({ config }: Target): NamedRole[] {
  const { account, cluster } = config;
  const listed = (key: "keyAdministrators" | "deployers", use: NamedRole["use"]) =>
    account[key].map((text, index): NamedRole => ({ path: ["account", key, index], text, use }));
  return [
    { path: ["account", "deployRole"], text: account.deployRole, use: "deploy" },
    ...listed("keyAdministrators", "key-administrator"),
    ...listed("deployers", "deployer"),
    ...Object.entries(cluster.access).map(([name, { role }]): NamedRole => ({
      path: ["cluster", "access", name, "role"],
      text: role,
      use: "access",
    })),
  ];
}

interface RoleArn {
  readonly accountId: string | undefined;
  /** Without slashes around it; empty for most. */
  readonly folder: string;
  readonly name: string;
}

function partsOf(arn: string): RoleArn {
  const [, , , , accountId] = arn.split(":", 5);
  const full = arn.slice(arn.indexOf(":role/") + ":role/".length);
  const cut = full.lastIndexOf("/");
  return { accountId, folder: cut < 0 ? "" : full.slice(0, cut), name: full.slice(cut + 1) };
}

/**
 * Roles that AWS would not find: a key's policy, an access entry and a trust policy take only roles that exist, by
 * their whole ARN (KMS: MalformedPolicyDocumentException, "invalid principals"; EKS: "The specified principalArn is
 * invalid"; terraform-aws-modules/terraform-aws-eks#2969).
 */
export const principalCheck: TargetCheck = (target) => {
  const roles = namedRoles(target);
  return roles.flatMap((role) => {
    const arn = roleArn(role.text, target);
    const parts = partsOf(arn);
    const form = formFinding(role, parts) ?? singleSignOnFinding(role, arn, parts);
    if (form !== undefined) return [form];
    const found = accountFinding(target, role, parts) ?? useFinding(target, role, parts);
    return found === undefined ? [] : [found];
  });
};

/** IAM API reference, CreateRole: names of at most 64 characters, paths of at most 512. */
function formFinding({ path, text }: NamedRole, { folder, name }: RoleArn): Finding | undefined {
  const message = /^role\//.test(text)
    ? `starts with role/, which the ARN would then have twice; write ${text.slice("role/".length)}`
    : /^\/|\/$|\/\//.test(text) || name === ""
      ? "has a slash too many; write <path>/<name> without slashes around it"
      : name.length > 64
        ? `AWS rejects this: a role's name has at most 64 characters, this is ${name.length}`
        : folder.length > 510
          ? `AWS rejects this: a role's path has at most 512 characters, this is ${folder.length + 2}`
          : undefined;
  return message === undefined ? undefined : { path, message };
}

const SINGLE_SIGN_ON = "AWSReservedSSO_";
const SINGLE_SIGN_ON_PATH = /^aws-reserved\/sso\.amazonaws\.com(\/[a-z0-9-]+)?$/;

/** IAM Identity Center User Guide, "Referencing permission sets in resource policies, Amazon EKS, and AWS KMS". */
function singleSignOnFinding(
  { path }: NamedRole,
  arn: string,
  { folder, name }: RoleArn,
): Finding | undefined {
  if (!name.startsWith(SINGLE_SIGN_ON)) return undefined;
  if (!SINGLE_SIGN_ON_PATH.test(folder)) {
    const start = arn.slice(0, arn.indexOf(":role/") + ":role/".length);
    return {
      path,
      message:
        `is a role of Identity Center without its path, and no role has this ARN; write ` +
        `${start}aws-reserved/sso.amazonaws.com/<region of Identity Center>/${name}, without the region for us-east-1`,
    };
  }
  if (!/_[0-9a-f]{16}$/.test(name)) {
    return {
      path,
      message: `is a role of Identity Center without the 16 hexadecimal digits at its end; write the name as IAM shows it: ${SINGLE_SIGN_ON}<permission set>_<digits>`,
    };
  }
  return undefined;
}

/** Where a role of another account can't do what it is named for. */
function accountFinding(
  { config: { account } }: Target,
  { path, use }: NamedRole,
  { accountId, name }: RoleArn,
): Finding | undefined {
  if (accountId === account.id) return undefined;
  const messages = {
    deploy: `is a role of account ${accountId}, and every provider refuses to work outside account.id ${account.id}; write a role of ${account.id}`,
    // KMS Developer Guide, "Using IAM policies with other accounts": administration works in the key's account only.
    "key-administrator": `is a role of account ${accountId}, and KMS lets no other account administer a key; write a role of ${account.id}, which ${name} may assume`,
    // EKS may take it, and lets whoever that account gives the role to into the cluster. With a role of the target's account, the decision stays there.
    access: `is a role of account ${accountId}, which alone decides who gets it, and so into this cluster; write a role of ${account.id}, which ${name} may assume`,
    deployer: undefined,
  } as const;
  const message = messages[use];
  return message === undefined ? undefined : { path, message, related: [["account", "id"]] };
}

/** Roles that our own stacks make, and roles that have it already. */
function useFinding(
  target: Target,
  { path, text, use }: NamedRole,
  { folder, name }: RoleArn,
): Finding | undefined {
  const isOwn = folder === "" && stackRoleNames(target).has(name);
  if (
    use === "key-administrator" &&
    roleArn(target.config.account.deployRole, target) === roleArn(text, target)
  ) {
    return { path, message: "already administers the keys, as account.deployRole; remove it" };
  }
  if (use === "access" && /^aws-service-role(\/|$)/.test(folder)) {
    // hashicorp/terraform-provider-aws#36447.
    return { path, message: "is a service-linked role, for which EKS takes no access entry; remove it" };
  }
  if (!isOwn) return undefined;
  if (use === "access") {
    const message = nodeRoleNames(target).has(name)
      ? "is the role of nodes, whose access entry EKS or Karpenter's module makes; remove it"
      : "is a role that the platform's own stacks make, for the platform and not for people; write the role of people or of a tool";
    return { path, message };
  }
  const message = {
    deploy: "is a role that the stacks make by the deploy role; write another name",
    deployer:
      "is a role that the stacks make later, and IAM trusts only roles that exist; write the role of people or of CI",
    "key-administrator":
      "is a role that the platform's own stacks make after the keys, and KMS takes only roles that exist; write the role of people who look after keys",
  }[use];
  return { path, message };
}

/** Roles that the stacks of another target make in the same account: which of the two is applied first, nobody says. */
export const foreignStackRoleCheck: FleetCheck = ({ targets }) => {
  const makers = new Map<string, Target>();
  for (const target of targets) {
    for (const name of stackRoleNames(target)) {
      const role = accountRole(target, name);
      makers.set(role, makers.get(role) ?? target);
    }
  }
  return targets.flatMap((target) =>
    namedRoles(target).flatMap(({ path, text, use }): TargetFinding[] => {
      const { accountId, folder, name } = partsOf(roleArn(text, target));
      if (accountId !== target.config.account.id || folder !== "" || stackRoleNames(target).has(name))
        return [];
      const maker = makers.get(accountRole(target, name));
      if (maker === undefined) return [];
      const message =
        use === "access"
          ? `is a role that the stacks of ${maker.name} make, and EKS takes only roles that exist; deploy ${maker.name} first`
          : `is a role that the stacks of ${maker.name} make, and AWS takes only roles that exist; write the role of people or of CI`;
      const early = { rule: "ACCESS-ROLE-MADE-LATER", severity: "warning" } as const;
      return [{ target, finding: use === "access" ? { path, message, ...early } : { path, message } }];
    }),
  );
};

function accountRole({ config }: Target, name: string): string {
  return `${config.account.id} ${name}`;
}

/** Entries that would take another's place. */
export const accessNameCheck: TargetCheck = ({ config }) =>
  "deployer" in config.cluster.access
    ? [
        {
          path: ["cluster", "access", "deployer"],
          message: "is the name of account.deployRole's own entry; write another name",
        },
      ]
    : [];
