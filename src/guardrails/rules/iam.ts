import { listed, fewOf } from "../../text/listed";
import type { Resource } from "../resource";
import { type Rule, rule, show, undecided, type Verdict, violation } from "../rule";
import {
  at,
  entries,
  hasUnknown,
  isMap,
  isUnknown,
  items,
  text,
  texts,
  type Value,
} from "../../values/value";
import { needsAnyResource } from "./resource-level";

const LEAST = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html";
const ELEMENTS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html";
const STATEMENT = ["policy-statement"];

/** ARNs that a role names itself; those that nobody wrote are what its attachments put there. */
function ownArns(arns: Value): readonly Value[] {
  return isUnknown(arns) && !arns.given ? [] : items(arns);
}

/** Allows of permissions; a key's or a resource's own policy has `*` for itself. */
function isGrant({ attributes }: Resource): boolean {
  return attributes.holder === "identity" && attributes.effect === "Allow";
}

/** Says so where a part of a statement can't be read; else asks. */
function whenKnown(resource: Resource, parts: readonly string[], ask: () => Verdict[]): Verdict[] {
  const open = parts.filter((part) => isOpen(resource.attributes[part]));
  return open.length > 0 ? [undecided(`${listed(open)} known after apply`)] : ask();
}

/** Not known, or with a part that nothing is known of. A reference to an ARN is an ARN. */
function isOpen(value: Value): boolean {
  return isUnknown(value) || items(value).some((each) => isUnknown(each) && !each.given);
}

/** A condition that ties a statement to tags, to a service or to an account. */
function isLimited({ attributes }: Resource): boolean {
  return entries(attributes.conditions).some(([key]) =>
    /(ResourceTag|RequestTag|PrincipalTag|ResourceAccount|SourceAccount|SourceArn|ViaService|Cluster|cluster|PassedToService|Namespace|CreateAction|ResourceAliases|GrantIsForAWSResource)/.test(
      key,
    ),
  );
}

/** Whether the actions are known and this one is not among them. */
function isMissing({ attributes }: Resource, action: string): boolean {
  return !isOpen(attributes.actions) && !texts(attributes.actions).includes(action);
}

const ESCALATIONS = [
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreatePolicyVersion",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
];

const POWERFUL = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

export const iamRules: readonly Rule[] = [
  rule({
    id: "IAM-ACTION-WILDCARD",
    area: "IAM",
    severity: "error",
    what: "A policy names the actions it allows.",
    why: "A service's wildcard grows with every action that AWS adds.",
    remedy: "List the actions that are called.",
    reference: LEAST,
    types: STATEMENT,
    check: (resource) => {
      if (!isGrant(resource)) return [];
      return whenKnown(resource, ["actions"], () =>
        texts(resource.attributes.actions)
          .filter((action) => action === "*" || /^[\w-]+:\*$/.test(action))
          .map((action) => violation(`allows ${action}`)),
      );
    },
  }),
  rule({
    id: "IAM-RESOURCE-WILDCARD",
    area: "IAM",
    severity: "error",
    what: "A policy names resources where AWS allows it.",
    why: "Whoever gets the role gets every bucket, key or instance of the account with it.",
    remedy: "Write ARNs, or a condition on a tag; only actions without resource-level permissions need *.",
    reference: ELEMENTS,
    types: STATEMENT,
    check: (resource) => {
      if (!isGrant(resource)) return [];
      return whenKnown(resource, ["actions", "resources"], () => {
        if (!texts(resource.attributes.resources).includes("*") || isLimited(resource)) return [];
        const wide = texts(resource.attributes.actions).filter((action) => !needsAnyResource(action));
        return wide.length > 0 ? [violation(`allows ${fewOf(wide)} on every resource`)] : [];
      });
    },
  }),
  rule({
    id: "IAM-PASS-ROLE",
    area: "IAM",
    severity: "error",
    what: "iam:PassRole is for named roles.",
    why: "Whoever can pass any role to a service has the rights of the strongest one.",
    remedy: "Write the ARNs of the roles, and iam:PassedToService.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    types: STATEMENT,
    check: (resource) => {
      if (!isGrant(resource)) return [];
      if (isMissing(resource, "iam:PassRole")) return [];
      return whenKnown(resource, ["actions", "resources"], () =>
        texts(resource.attributes.resources)
          .filter((each) => each === "*" || /:role\/\*$/.test(each))
          .map((each) => violation(`passes ${each}`)),
      );
    },
  }),
  rule({
    id: "IAM-ESCALATION",
    area: "IAM",
    severity: "error",
    what: "No policy lets its holder give itself more rights.",
    why: "One call then makes it an administrator.",
    remedy: "Limit it to ARNs other than the holder's own, or require a permissions boundary by a condition.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    types: STATEMENT,
    check: (resource) => {
      if (!isGrant(resource)) return [];
      return whenKnown(resource, ["actions", "resources"], () => {
        const strong = texts(resource.attributes.actions).filter((action) => ESCALATIONS.includes(action));
        const bounded = entries(resource.attributes.conditions).some(([key]) =>
          key.includes("iam:PermissionsBoundary"),
        );
        const everywhere = texts(resource.attributes.resources).some(
          (each) => each === "*" || /:(role|user|policy)\/\*$/.test(each),
        );
        return strong.length > 0 && everywhere && !bounded
          ? [violation(`allows ${fewOf(strong)} without a boundary`)]
          : [];
      });
    },
  }),
  rule({
    id: "IAM-NOT-ACTION",
    area: "IAM",
    severity: "error",
    what: "No policy allows everything except what it names.",
    why: "NotAction and NotResource allow whatever AWS adds next.",
    remedy: "Name what is allowed; deny the rest in a statement of its own.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
    types: STATEMENT,
    check: (resource) => {
      const { attributes } = resource;
      if (attributes.effect !== "Allow") return [];
      return whenKnown(resource, ["actions"], () =>
        ["notActions", "notResources"]
          .filter((name) => texts(attributes[name]).length > 0)
          .map((name) => violation(`allows by ${name === "notActions" ? "NotAction" : "NotResource"}`)),
      );
    },
  }),
  rule({
    id: "IAM-TRUST-WORLD",
    area: "IAM",
    severity: "error",
    what: "A role names who may assume it.",
    why: "With *, it belongs to everybody who has an AWS account.",
    remedy: "Name the account's roles, a service, or an identity provider.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    types: STATEMENT,
    check: (resource) => {
      const { attributes } = resource;
      if (attributes.holder !== "trust" || attributes.effect !== "Allow") return [];
      return whenKnown(resource, ["principals"], () =>
        texts(attributes.principals)
          .filter((each) => each === "*" || each === "AWS:*")
          .map(() => violation("may be assumed by everybody")),
      );
    },
  }),
  rule({
    id: "IAM-TRUST-OIDC-SUBJECT",
    area: "IAM",
    severity: "error",
    what: "A role for a web identity names the subject.",
    why: "Otherwise every repository of the CI host, or every pod of the cluster, could assume it.",
    remedy: "Compare the provider's :sub with the exact subject.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    types: STATEMENT,
    check: (resource) => {
      const { attributes } = resource;
      if (attributes.holder === "trust" && isOpen(attributes.actions))
        return whenKnown(resource, ["actions"], () => []);
      const isWeb = texts(attributes.actions).includes("sts:AssumeRoleWithWebIdentity");
      if (attributes.holder !== "trust" || attributes.effect !== "Allow" || !isWeb) return [];
      if (!isMap(attributes.conditions)) return [undecided("the conditions are known after apply")];
      const subjects = entries(attributes.conditions).filter(([key]) => key.endsWith(":sub"));
      if (subjects.length === 0) {
        // A key that is an expression may be the one.
        return hasUnknown(attributes.conditions) ||
          entries(attributes.conditions).some(([key]) => key.includes("${"))
          ? [undecided("the conditions are known after apply")]
          : [violation("compares no subject")];
      }
      return subjects.flatMap(([, values]) =>
        texts(values)
          .filter((each) => each === "*" || /^(repo|system:serviceaccount):\*/.test(each))
          .map((each) => violation(`admits the subject ${each}`)),
      );
    },
  }),
  rule({
    id: "IAM-ADMIN-POLICY",
    area: "IAM",
    severity: "error",
    what: "No role of the platform has an administrator's policy.",
    why: "Whoever takes over a controller in the cluster then has the account.",
    remedy: "Write a policy with the actions that are called.",
    reference: LEAST,
    types: [
      "aws_iam_policy_attachment",
      "aws_iam_role",
      "aws_iam_role_policy_attachment",
      "aws_iam_user_policy_attachment",
      "aws_iam_group_policy_attachment",
    ],
    check: ({ type, attributes }) =>
      (type === "aws_iam_role" ? ownArns(attributes.managed_policy_arns) : [attributes.policy_arn]).flatMap(
        (arn) => {
          // A policy of the same configuration, whose statements are judged themselves.
          if (isUnknown(arn)) return arn.given ? [] : [undecided("the policy is known after apply")];
          return POWERFUL.test(text(arn)) ? [violation(`has ${show(arn)}`)] : [];
        },
      ),
  }),
  rule({
    id: "IAM-NODE-CNI-POLICY",
    area: "IAM",
    severity: "error",
    what: "The right to change network interfaces belongs to the CNI, not to the node.",
    why: "Otherwise every pod that gets at the node's role could attach interfaces and take addresses.",
    remedy: "Set iam_role_attach_cni_policy to false and give the CNI an identity.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html",
    types: ["aws_iam_role_policy_attachment"],
    check: ({ attributes, address }, { resources }) => {
      if (!text(attributes.policy_arn).endsWith("/AmazonEKS_CNI_Policy")) return [];
      const call = /^module\.[^.[]+/.exec(address)?.[0];
      const ofNodes = resources.some(
        (each) =>
          each.type === "aws_eks_node_group" && call !== undefined && each.address.startsWith(`${call}.`),
      );
      return ofNodes || /node/i.test(show(at(attributes, "role")))
        ? [violation("is attached to a node's role")]
        : [];
    },
  }),
  rule({
    id: "IAM-USER",
    area: "IAM",
    severity: "error",
    what: "The platform makes no IAM users and no access keys.",
    why: "A key lasts until somebody remembers it, and is in the state in plain text.",
    remedy: "Use a role: Pod Identity for pods, OIDC for CI.",
    reference: LEAST,
    types: ["aws_iam_user", "aws_iam_access_key"],
    check: ({ type }) => [violation(type === "aws_iam_user" ? "is an IAM user" : "is an access key")],
  }),
];
