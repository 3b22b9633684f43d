import type { References } from "../../guardrails/references/references";
import { unreadPolicy } from "../../guardrails/read/policy-statements";
import type { Resource } from "../../guardrails/resource";
import { isUnknown, items, type Value } from "../../values/value";

/** What else says which policies a role has, beside resources of one policy each. */
export interface RoleAttachments {
  /** ARNs of policies that a role has by its own attribute, or by an attachment to several roles. */
  readonly arns: (role: Resource) => readonly Value[];
  /** Of what takes policies away that others attach: nobody can say here which ones stay. */
  readonly unread: (role: Resource) => readonly Resource[];
}

const EXCLUSIVE = ["aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachments_exclusive"];

export function roleAttachments(resources: readonly Resource[], references: References): RoleAttachments {
  const shared = resources.filter(({ type }) => type === "aws_iam_policy_attachment");
  const exclusive = resources.filter(({ type }) => EXCLUSIVE.includes(type));
  const names = ({ attributes: { roles }, stack }: Resource) =>
    items(roles).map((each) => references.textOf(each, stack));
  return {
    arns: (role) => [
      ...written(role.attributes.managed_policy_arns),
      ...shared
        .filter((each) => names(each).includes(references.name(role)))
        .map(({ attributes }) => attributes.policy_arn),
    ],
    unread: (role) =>
      exclusive
        .filter(
          ({ attributes, stack }) => references.textOf(attributes.role_name, stack) === references.name(role),
        )
        .map((each) => unreadPolicy(each, "identity", "which policies stay")),
  };
}

/** In a plan what nobody wrote is known after the apply, from the role's attachments. */
function written(arns: Value): readonly Value[] {
  return isUnknown(arns) && !arns.given ? [] : items(arns);
}
