import { managedPolicy } from "../../facts/aws-managed-policies";
import { statement, unreadPolicy } from "../../guardrails/read/policy-statements";
import type { AwsPlace, Resource } from "../../guardrails/resource";
import { isAbsent, text, type Value } from "../../values/value";
import { roleAttachments } from "./attached-policies";
import { moduleGrants, type ModuleRole } from "./module-grants";
import { followed, type Policy, statementsByOwner } from "./policy";
import { References } from "../../guardrails/references/references";
import { type ResourcePolicy, resourcePolicies } from "./resource-policies";

/** A role with all that says what it may do and who may become it. */
export interface Role {
  readonly stack: string;
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  readonly policies: readonly Policy[];
  /** Of all its policies. */
  readonly statements: readonly Resource[];
  readonly trust: readonly Resource[];
  readonly boundary?: Policy;
}

/** An endpoint of the VPC through which calls of a service go. */
export interface Endpoint {
  /** `ec2`, `ecr.api`: behind `com.amazonaws.<region>.`. */
  readonly service: string;
  readonly stack: string;
  readonly address: string;
  /** Undefined: AWS's default, which lets everything through. */
  readonly statements?: readonly Resource[];
}

/** All that a target's stacks grant. */
export interface Grants {
  readonly place: AwsPlace;
  readonly references: References;
  readonly roles: readonly Role[];
  readonly resourcePolicies: readonly ResourcePolicy[];
  /** ARNs of the buckets that the stacks make: the policy of another one is kept by somebody else. */
  readonly buckets: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

/** Reads what the stacks of a target grant; pure. */
export function grantsOf(resources: readonly Resource[], place: AwsPlace): Grants {
  const references = new References(resources, place);
  const ownStatements = statementsByOwner(resources);
  const modules = resources
    .filter(({ type }) => type === "module")
    .map((call) => ({ call, given: moduleGrants(call, place) }));
  const moduleRoles = new Map<string, ModuleRole>(
    modules.flatMap(({ call, given }) =>
      given.roles.map((role) => [`${call.stack}/${call.address}.${role.address}`, role] as const),
    ),
  );
  const policies = new Map(
    resources
      .filter(({ type }) => type === "aws_iam_policy")
      .map((each) => [references.arn(each) ?? each.address, each]),
  );
  const read = (owner: Resource) => ownStatements(owner).map((each) => followed(each, references));
  /** A policy by its ARN, as a role or a boundary has it. */
  const byArn = (arn: string, holder: Resource): Policy => {
    const aws = managedPolicy(arn);
    const label = arn.slice(arn.lastIndexOf("/") + 1);
    const at = { stack: holder.stack, address: holder.address };
    if (aws !== undefined)
      return {
        ...at,
        label,
        kind: "aws",
        statements: aws.statements.map((each, index) => statement(holder, "identity", { ...each }, index)),
      };
    const own = policies.get(arn);
    if (own === undefined)
      return {
        ...at,
        label,
        kind: "managed",
        statements: [unreadPolicy(holder, "identity", `policy ${arn}`)],
      };
    return {
      label: references.name(own),
      kind: "managed",
      stack: own.stack,
      address: own.address,
      statements: read(own),
    };
  };
  const inlineOf = groupBy(
    resources.filter(({ type }) => type === "aws_iam_role_policy"),
    ({ attributes, stack }) => references.textOf(attributes.role, stack),
  );
  const attachedTo = groupBy(
    resources.filter(({ type }) => type === "aws_iam_role_policy_attachment"),
    ({ attributes, stack }) => references.textOf(attributes.role, stack),
  );
  const further = roleAttachments(resources, references);
  const roles = resources
    .filter(({ type }) => type === "aws_iam_role")
    .map((role): Role => {
      const name = references.name(role);
      const made = moduleRoles.get(`${role.stack}/${role.address}`);
      const planned = read(role).filter(({ attributes }) => attributes.holder === "trust");
      const blocks = read(role).filter(({ attributes }) => attributes.holder === "identity");
      const at = { stack: role.stack, address: role.address };
      const boundary = references.textOf(role.attributes.permissions_boundary, role.stack);
      const inline = (inlineOf.get(name) ?? []).filter((each) => !isMadeBy(made, each, role));
      const attached = (attachedTo.get(name) ?? []).map(({ attributes }) => attributes.policy_arn);
      const arns = [...attached, ...further.arns(role), ...(made?.attached ?? [])].filter(
        (each) => !isAbsent(each),
      );
      const held: readonly Policy[] = [
        ...(blocks.length > 0
          ? [{ ...at, label: "inline_policy", kind: "inline" as const, statements: blocks }]
          : []),
        ...further.unread(role).map((each): Policy => ({
          label: each.address,
          kind: "inline",
          stack: each.stack,
          address: each.address,
          statements: [each],
        })),
        ...inline.map((each): Policy => ({
          label: references.name(each),
          kind: "inline",
          stack: each.stack,
          address: each.address,
          statements: read(each),
        })),
        ...(made?.own ?? []).map(({ address, statements }): Policy => {
          const whole = `${role.address.slice(0, -(made?.address.length ?? 0))}${address}`;
          const policy = references.get(role.stack, whole);
          // A plan has what the module really writes.
          const real = policy?.source === "plan" && isDocument(policy.attributes.policy) ? read(policy) : [];
          return {
            label: labelOf(references, role.stack, whole),
            kind: address.startsWith("aws_iam_role_policy.") ? "inline" : "managed",
            stack: role.stack,
            address: whole,
            statements: real.length > 0 ? real : statements.map((each) => followed(each, references)),
          };
        }),
        ...uniqueTexts(arns, references, role.stack).map((arn) => byArn(arn, role)),
      ];
      return {
        ...at,
        name,
        arn: references.arn(role) ?? name,
        trust: planned.length > 0 ? planned : (made?.trust ?? []).map((each) => followed(each, references)),
        policies: held,
        statements: held.flatMap(({ statements }) => statements),
        ...(boundary !== undefined && { boundary: byArn(boundary, role) }),
      };
    });
  return {
    place,
    references,
    roles,
    buckets: resources
      .filter(({ type }) => type === "aws_s3_bucket")
      .map((each) => references.arn(each) ?? ""),
    resourcePolicies: resourcePolicies(resources, modules, references, read, place),
    endpoints: resources
      .filter(({ type }) => type === "aws_vpc_endpoint")
      .map((each): Endpoint => {
        const statements = read(each);
        return {
          service: text(each.attributes.service_name).replace(/^com\.amazonaws\.[\w-]+\./, ""),
          stack: each.stack,
          address: each.address,
          ...(isAbsent(each.attributes.policy)
            ? {}
            : {
                statements: statements.length > 0 ? statements : [unreadPolicy(each, "endpoint", "policy")],
              }),
        };
      }),
  };
}

/** Whether it is a policy as IAM spells it. */
function isDocument(policy: Value): boolean {
  return typeof policy === "string" && /"(Not)?Action"\s*:/.test(policy);
}

/** What a module's own table has already. */
function isMadeBy(made: ModuleRole | undefined, policy: Resource, role: Resource): boolean {
  if (made === undefined) return false;
  const call = role.address.slice(0, -made.address.length);
  return (
    policy.stack === role.stack && made.own.some(({ address }) => `${call}${address}` === policy.address)
  );
}

function labelOf(references: References, stack: string, address: string): string {
  const policy = references.get(stack, address);
  return policy === undefined ? address : references.name(policy);
}

function uniqueTexts(values: readonly Value[], references: References, stack: string): string[] {
  return [...new Set(values.map((each) => references.textOf(each, stack) ?? ""))].filter(
    (each) => each !== "",
  );
}

function groupBy(
  resources: readonly Resource[],
  key: (each: Resource) => string | undefined,
): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const each of resources) {
    const name = key(each);
    if (name === undefined) continue;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return groups;
}
