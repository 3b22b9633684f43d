import type { AwsCall } from "../../components/aws-call";
import { authorize, type Verdict } from "../../guardrails/iam/authorize";
import { matchesGlob } from "../../guardrails/iam/glob";
import { namesCaller } from "../../guardrails/iam/principals";
import { saidOf } from "../../guardrails/iam/spoken";
import { readable } from "../../guardrails/iam/symbol";
import { listed } from "../../text/listed";
import type { Resource } from "../../guardrails/resource";
import { entries, isUnknown, texts } from "../../values/value";
import { callerKeys, RequestOfCall } from "../evaluate/request";
import type { Grants, Role } from "../grants/grants";
import type { Identity } from "../identity";
import type { Exposure } from "./exposure";

/** Edits of a role that give it rights. */
const ROLE_EDITS = ["iam:AttachRolePolicy", "iam:PutRolePolicy"];
/** Edits that take away what bounds it. */
const BOUND_EDITS = ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"];
const POLICY_EDITS = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"];
const TRUST_EDITS = ["iam:UpdateAssumeRolePolicy"];
/** Of people's identities, which no part of a platform has to do with. */
const USER_EDITS = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:PutGroupPolicy",
  "iam:PutUserPolicy",
  "iam:UpdateLoginProfile",
];

const EDITS = [...ROLE_EDITS, ...BOUND_EDITS, ...POLICY_EDITS, ...TRUST_EDITS, ...USER_EDITS];

/** How a role comes by more rights than its policies give it: alone, by another role, or by what it hands a role to. */
export function escalations(grants: Grants, identities: readonly Identity[]): Exposure[] {
  const writers = grants.roles.filter((role) => isAllowedAny(role, EDITS));
  return grants.roles.flatMap((role) => {
    const paths = isAllowedAny(role, [...EDITS, "iam:PassRole"]) ? pathsOf(role, grants) : [];
    const deploy = identities.some(
      ({ kind, where }) => kind === "deploy" && where.stack === role.stack && where.address === role.address,
    );
    return [...paths, ...chains(role, writers, grants)].map(({ detail, isOwn }): Exposure => ({
      kind: "escalation",
      stack: role.stack,
      address: role.address,
      detail,
      ...(deploy && !isOwn && { byDesign: BY_DESIGN }),
    }));
  });
}

const BY_DESIGN =
  "whoever deploys roles, and what runs with them, decides what they may do; what limits that are reviews of plans and the list of who may assume the deploy role";

interface Path {
  readonly detail: string;
  /** Whether it is by its own role or by people's: nothing of a design asks for that. */
  readonly isOwn: boolean;
}

function pathsOf(role: Role, grants: Grants): Path[] {
  const may = (action: string, resource: string) => judged(role, grants, action, resource).kind !== "denied";
  const ownPolicies = role.policies.filter(({ kind }) => kind === "managed");
  const itself = [
    ...ROLE_EDITS.filter((each) => may(each, role.arn)),
    ...(role.boundary ? BOUND_EDITS.filter((each) => may(each, role.arn)) : []),
    ...POLICY_EDITS.filter((each) =>
      ownPolicies.some(({ stack, address }) => may(each, arnOfPolicy(grants, stack, address))),
    ),
  ];
  const users = USER_EDITS.filter((each) => isAllowedAny(role, [each]));
  const strengthened = allowedOn(role, [...ROLE_EDITS, ...POLICY_EDITS]).filter(
    (pattern) => !/^arn:[\w-]+:iam::aws:/.test(pattern),
  );
  const passed = passes(role);
  const rolesOf = (patterns: readonly string[]) => patterns.filter((each) => /^\*$|:role\//.test(each));
  const [edited] = rolesOf(strengthened);
  const handed = passed.filter(({ pattern }) => rolesOf(strengthened).some((each) => meet(each, pattern)));
  const services = [...new Set(handed.flatMap((each) => each.services))].sort();
  const assumed = grants.roles.filter(
    (other) =>
      other.arn !== role.arn &&
      rolesOf(strengthened).some((each) => matchesGlob(each, other.arn) !== false) &&
      (trusts(other, role) || TRUST_EDITS.some((each) => may(each, other.arn))) &&
      may("sts:AssumeRole", other.arn),
  );
  return [
    ...(itself.length > 0
      ? [{ detail: `may change its own rights by ${listed(itself, "and")}`, isOwn: true }]
      : []),
    ...(users.length > 0
      ? [{ detail: `may make or change people's identities by ${listed(users, "and")}`, isOwn: true }]
      : []),
    ...passed
      .filter(({ pattern, services: to }) => to.includes("*") && /(^|:role\/)\*$/.test(pattern))
      .map(({ pattern }) => ({ detail: `may pass ${readable(pattern)} to any service`, isOwn: true })),
    ...(handed.length > 0 && edited !== undefined
      ? [
          {
            detail: `may write the policies of ${readable(edited)} and pass it to ${services.map((each) => (each === "*" ? "any service" : each)).join(", ")}`,
            isOwn: false,
          },
        ]
      : []),
    ...assumed.map(({ name }) => ({
      detail: `may write the policies of ${readable(name)} and then become it`,
      isOwn: true,
    })),
  ];
}

/** Roles that it may become which may change rights: by one step, as a session of a session has no more. */
function chains(role: Role, writers: readonly Role[], grants: Grants): Path[] {
  if (writers.length === 0 || isFederated(role)) return [];
  return writers
    .filter((other) => other.arn !== role.arn && trusts(other, role))
    .filter((other) => judged(role, grants, "sts:AssumeRole", other.arn).kind === "allowed")
    .map(({ name }) => ({
      detail: `may become ${readable(name)}, which writes policies of roles`,
      isOwn: true,
    }));
}

/** CI's jobs, which are there to become the deploy role. */
function isFederated({ trust }: Role): boolean {
  return trust.some(({ attributes }) =>
    texts(attributes.principals).some((each) => each.startsWith("Federated:")),
  );
}

function trusts(other: Role, { arn }: Role): boolean {
  const caller = { kind: "role", arn, account: arn.split(":")[4] ?? "" } as const;
  return other.trust.some(
    (each) => each.attributes.effect === "Allow" && namesCaller(each.attributes, caller).itself === true,
  );
}

function isAllowedAny(role: Role, actions: readonly string[]): boolean {
  return actions.some((each) => allows(role, each).length > 0);
}

function allows(role: Role, action: string): Resource[] {
  return saidOf(role.statements, action)
    .allows.filter(
      ({ statement: { attributes }, about }) =>
        about === true && attributes.effect === "Allow" && attributes.isUnread !== true,
    )
    .map(({ statement }) => statement);
}

/** Patterns of what the actions are allowed on, without a boundary that they would have to leave on a role. */
function allowedOn(role: Role, actions: readonly string[]): string[] {
  const statements = [...new Set(actions.flatMap((each) => allows(role, each)))].filter(
    ({ attributes }) => !keysOf(attributes.conditions).includes("iam:permissionsboundary"),
  );
  return [...new Set(statements.flatMap(({ attributes }) => texts(attributes.resources)))];
}

function passes(role: Role): { pattern: string; services: readonly string[] }[] {
  return allows(role, "iam:PassRole").flatMap(({ attributes }) => {
    const named = entries(isUnknown(attributes.conditions) ? {} : attributes.conditions)
      .filter(([condition]) =>
        /^(String|ForAny).*Equals(IfExists)? iam:PassedToService$|^StringLike iam:PassedToService$/i.test(
          condition,
        ),
      )
      .flatMap(([, values]) => texts(values));
    const services = named.length > 0 ? named : ["*"];
    return texts(attributes.resources).map((pattern) => ({ pattern, services }));
  });
}

function keysOf(conditions: Resource["attributes"][string]): string[] {
  return entries(conditions).map(([each]) => each.slice(each.indexOf(" ") + 1).toLowerCase());
}

function meet(one: string, other: string): boolean {
  return matchesGlob(one, other) !== false || matchesGlob(other, one) !== false;
}

function arnOfPolicy({ references }: Grants, stack: string, address: string): string {
  const policy = references.get(stack, address);
  return (policy && references.arn(policy)) ?? "arn:aws:iam::000000000000:policy/unknown";
}

function judged(role: Role, { place }: Grants, action: string, resource: string): Verdict {
  const call: AwsCall = { action, resources: [resource], why: "", source: "" };
  const caller = { kind: "role", arn: role.arn, account: role.arn.split(":")[4] ?? "" } as const;
  const origin = { place, caller: callerKeys(role.arn, {}) };
  return authorize(caller, new RequestOfCall(call, resource, origin, "anywhere"), {
    identity: role.statements,
    ...(role.boundary && { boundary: role.boundary.statements }),
  });
}
