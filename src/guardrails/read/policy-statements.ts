import type { Resource } from "../resource";
import {
  at,
  type Attributes,
  entries,
  isAbsent,
  isMap,
  isUnknown,
  items,
  text,
  texts,
  Unknown,
  type Value,
} from "../../values/value";
import { parseTemplate } from "./expression";

/** Whose policy it is: a role's permissions, its trust, a key's, another resource's, a VPC endpoint's. */
type Holder = "identity" | "trust" | "key" | "resource" | "endpoint";

const POLICIES: Readonly<Record<string, readonly (readonly [attribute: string, holder: Holder])[]>> = {
  aws_iam_policy: [["policy", "identity"]],
  aws_iam_role_policy: [["policy", "identity"]],
  aws_iam_user_policy: [["policy", "identity"]],
  aws_iam_group_policy: [["policy", "identity"]],
  aws_iam_role: [["assume_role_policy", "trust"]],
  aws_kms_key: [["policy", "key"]],
  aws_kms_key_policy: [["policy", "key"]],
  aws_kms_replica_key: [["policy", "key"]],
  aws_s3_bucket_policy: [["policy", "resource"]],
  aws_sqs_queue: [["policy", "resource"]],
  aws_sqs_queue_policy: [["policy", "resource"]],
  aws_sns_topic_policy: [["policy", "resource"]],
  aws_secretsmanager_secret_policy: [["policy", "resource"]],
  aws_cloudwatch_log_resource_policy: [["policy_document", "resource"]],
  aws_ecr_repository_policy: [["policy", "resource"]],
  aws_vpc_endpoint: [["policy", "endpoint"]],
};

/** The statements of a resource's policies, each a resource of its own. */
export function policyStatements(resource: Resource): Resource[] {
  const own = ownStatements(resource);
  return resource.type === "aws_iam_role" ? [...own, ...inlineStatements(resource)] : own;
}

/** Policies that a role has as blocks of its own. */
function inlineStatements(role: Resource): Resource[] {
  const { inline_policy: blocks } = role.attributes;
  // In a plan those that nobody wrote are known after the apply: what the role's other resources put there.
  if (isUnknown(blocks)) return blocks.given ? [unreadPolicy(role, "identity", "inline_policy")] : [];
  return items(blocks).flatMap((block) => {
    const policy = at(block, "policy");
    if (isAbsent(policy)) return [];
    const document = documentOf(policy);
    if (document === undefined) return [unreadPolicy(role, "identity", "inline_policy")];
    return items(at(document, "Statement")).map((each, index) =>
      isMap(each)
        ? statement(role, "identity", each, index)
        : unreadPolicy(role, "identity", "inline_policy"),
    );
  });
}

function ownStatements(resource: Resource): Resource[] {
  return (POLICIES[resource.type] ?? []).flatMap(([attribute, holder]) => {
    const policy = resource.attributes[attribute];
    if (isAbsent(policy)) return [];
    const document = documentOf(policy);
    // A policy that nobody wrote is AWS's own default; only one that the configuration gives is judged.
    if (document === undefined)
      return isUnknown(policy) && policy.given ? [unreadPolicy(resource, holder, attribute)] : [];
    return items(at(document, "Statement")).map((each, index) =>
      isMap(each) ? statement(resource, holder, each, index) : unreadPolicy(resource, holder, attribute),
    );
  });
}

/** A policy by its text; undefined where it can't be read. */
function documentOf(policy: Value): Value {
  if (typeof policy === "string") return parseTemplate(withIamVariables(policy));
  return isUnknown(policy) && policy.text.trimStart().startsWith("{")
    ? parseTemplate(withIamVariables(policy.text))
    : undefined;
}

/** IAM's own variables, `${aws:PrincipalTag/team}` and `${*}`, are text, not expressions of Terraform. */
function withIamVariables(policy: string): string {
  return policy.replaceAll(/(?<!\$)\$\{(?=[\w-]+:|[*?$]\})/g, () => "$${");
}

/** The policy as one statement of which nothing is known: it may allow and deny. */
export function unreadPolicy(resource: Resource, holder: Holder, attribute: string): Resource {
  const unknown = new Unknown(true);
  const attributes = {
    holder,
    attribute,
    isUnread: true,
    effect: "Allow",
    actions: unknown,
    resources: unknown,
    principals: unknown,
  };
  return { ...resource, type: "policy-statement", address: `${resource.address}#${attribute}`, attributes };
}

/** A statement as IAM spells it, or as Terraform's policy documents and modules do, in one shape. */
export function statement(resource: Resource, holder: Holder, source: Attributes, index: number): Resource {
  const pick = (...names: readonly string[]): Value =>
    names.map((name) => source[name]).find((each) => !isAbsent(each));
  const sid = pick("Sid", "sid");
  return {
    ...resource,
    type: "policy-statement",
    address: `${resource.address}#${typeof sid === "string" ? sid : index}`,
    attributes: {
      holder,
      sid: typeof sid === "string" ? sid : null,
      effect: pick("Effect", "effect") ?? "Allow",
      actions: asList(pick("Action", "actions")),
      notActions: asList(pick("NotAction", "not_actions")),
      resources: asList(pick("Resource", "resources")),
      notResources: asList(pick("NotResource", "not_resources")),
      principals: principals(pick("Principal", "principals")),
      notPrincipals: principals(pick("NotPrincipal", "not_principals")),
      conditions: conditions(pick("Condition", "condition")),
    },
  };
}

function asList(value: Value): Value {
  return isUnknown(value) ? value : items(value);
}

/** `*`, or `AWS:<arn>`, `Service:<name>`, `Federated:<arn>`. */
function principals(value: Value): Value {
  if (isUnknown(value) || value === "*") return isUnknown(value) ? value : ["*"];
  if (isMap(value)) return entries(value).flatMap(([type, who]) => named(type, who));
  return items(value).flatMap((each) => named(text(at(each, "type")), at(each, "identifiers")));
}

function named(type: string, who: Value): Value[] {
  return items(who).map((each) => {
    if (isUnknown(each)) return new Unknown(each.given, each.text === "" ? "" : `${type}:${each.text}`);
    return typeof each === "string" ? `${type}:${each}` : each;
  });
}

/** `<operator> <key>` to the values compared with. */
function conditions(value: Value): Value {
  if (isUnknown(value)) return value;
  const isOpen = (name: string) => items(value).some((each) => isUnknown(each) || isUnknown(at(each, name)));
  if (isMap(value) && at(value, "test") === undefined)
    return entries(value).some(([, keys]) => isUnknown(keys))
      ? new Unknown(true)
      : Object.fromEntries(
          entries(value).flatMap(([operator, keys]) =>
            entries(keys).map(([key, compared]) => [`${operator} ${key}`, items(compared)]),
          ),
        );
  if (isOpen("test") || isOpen("variable")) return new Unknown(true);
  // The provider writes blocks of one operator and key as one, with the values of all (aws_iam_policy_document).
  const merged: Record<string, readonly Value[]> = {};
  for (const each of items(value)) {
    const condition = `${texts(at(each, "test"))[0] ?? ""} ${texts(at(each, "variable"))[0] ?? ""}`;
    merged[condition] = [...(merged[condition] ?? []), ...items(at(each, "values"))];
  }
  return merged;
}
