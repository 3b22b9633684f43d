import type { Finding } from "../model/change";
import { listed, type Phrase, say, words } from "../model/phrase";
import { field, isObject, type Json, sameJson, text } from "../read/json";
import type { PlannedChange } from "../read/plan";
import {
  type Grant,
  isEverything,
  isForAnybody,
  lostDenials,
  newGrants,
  policyAttributes,
  readPolicy,
} from "./policy";
import { finding, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, nameOf, type Surroundings } from "./surroundings";

const MOST_LINES = 20;

/** Policies of roles, trust, buckets, keys, queues: what one lets more, and what it no longer lets. */
export const policyRule: Rule = (change) => {
  if (["no-op", "read", "forget"].includes(change.action)) return [];
  return policyAttributes.flatMap((attribute) => comparePolicy(change, attribute));
};

function comparePolicy(change: PlannedChange, attribute: string): Finding[] {
  const [raw, next] = [field(change.before, attribute), field(change.after, attribute)];
  if (sameJson(raw, next) && !isUnknownAt(change, attribute)) return [];
  const before = readPolicy(raw);
  const after = readPolicy(next);
  const subject = subjectOf(change, attribute);
  if (after === undefined && isUnknownAt(change, attribute)) {
    if (before === undefined) return [];
    return [
      finding("IAM-WIDENED", say`may widen ${subject}`, {
        doubt: words("the new policy is known after apply"),
      }),
    ];
  }
  if (before === undefined && after === undefined) return [];
  const grants = newGrants(before ?? [], after ?? []);
  if (grants === undefined) {
    return [
      finding("IAM-WIDENED", say`may widen ${subject}`, {
        doubt: words("the policies are too long to compare"),
      }),
    ];
  }
  // A new policy of a new holder is no widening; what nobody should ever have is said all the same.
  const worth =
    before === undefined ? grants.filter((each) => isEverything(each) || isForAnybody(each)) : grants;
  const denials = lostDenials(before ?? [], after ?? []);
  const lost = newGrants(after ?? [], before ?? []) ?? [];
  const found: Finding[] = [];
  if (worth.length > 0 || denials.length > 0) {
    found.push(
      finding(
        "IAM-WIDENED",
        say`${words(before === undefined ? "makes" : "widens")} ${subject}${summary(worth)}`,
        {
          details: [
            ...worth.slice(0, MOST_LINES).map(grantLine),
            ...(worth.length > MOST_LINES ? [words(`and ${worth.length - MOST_LINES} more`)] : []),
            ...denials.map(({ actions }) => say`no longer denies ${listed(actions)}`),
          ],
        },
      ),
    );
  }
  // A policy that goes with its holder denies nobody that is still there.
  if (lost.length > 0 && change.action === "update") {
    found.push(
      finding("IAM-NARROWED", say`narrows ${subject}`, { details: lost.slice(0, MOST_LINES).map(grantLine) }),
    );
  }
  return found;
}

function subjectOf(change: PlannedChange, attribute: string): Phrase {
  const name = nameOf(change, "role", "bucket");
  if (attribute === "assume_role_policy") return say`who may assume the role ${name}`;
  return say`the policy ${name}`;
}

function summary(grants: readonly Grant[]): Phrase {
  if (grants.some(isForAnybody)) return words(" to anybody");
  if (grants.some(isEverything)) return words(" to every action on everything");
  const actions = [...new Set(grants.map(({ action }) => action))];
  return actions.length === 0 ? [] : say` by ${listed(actions, 4)}`;
}

function grantLine({ action, resources, principals, conditional }: Grant): Phrase {
  const whom = principals.length === 0 ? [] : say` for ${listed(principals, 4)}`;
  return say`${action} on ${listed(resources, 4)}${whom}${words(conditional ? " under conditions" : "")}`;
}

const ATTACHMENTS: ReadonlyMap<string, string> = new Map([
  ["aws_iam_role_policy_attachment", "role"],
  ["aws_iam_user_policy_attachment", "user"],
  ["aws_iam_group_policy_attachment", "group"],
]);

/** Policies attached to roles, roles given to pods, and either taken away. */
export const roleRule: Rule = (change, around) => {
  if (change.type === "aws_eks_pod_identity_association") return podIdentity(change, around);
  if (change.type === "aws_iam_role" && isLost(change)) {
    return [finding("IAM-LOST", say`${words(losing(change))} the role ${nameOf(change)}`)];
  }
  if (change.type === "aws_iam_role" && change.action === "update") return boundaryRemoved(change);
  if (change.type === "aws_iam_openid_connect_provider" && isLost(change)) {
    return [
      finding("IAM-LOST", say`${words(losing(change))} the OIDC provider of the cluster`, {
        why: "No service account can assume its IAM role any more until it is back.",
      }),
    ];
  }
  const holder = ATTACHMENTS.get(change.type);
  if (holder !== undefined) return attachment(change, holder, around);
  if (/^aws_iam_(role|user|group)_policy$/.test(change.type)) return inlinePolicy(change, around);
  return [];
};

function attachment(change: PlannedChange, holder: string, around: Surroundings): Finding[] {
  const name = holderOf(change, holder);
  const policy = (values: Json) => text(field(values, "policy_arn")) ?? "a policy known after apply";
  if (change.action === "delete") {
    return [finding("IAM-LOST", say`takes ${policy(change.before)} from ${words(holder)} ${name}`)];
  }
  if (change.action !== "create" && change.action !== "replace") return [];
  const arn = policy(change.after);
  const admin = /:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/.test(arn);
  if (!admin && change.action === "create" && isNewHolder(change, holder, around)) return [];
  return [finding("IAM-ATTACHED", say`gives ${words(holder)} ${name} the policy ${arn}`)];
}

function inlinePolicy(change: PlannedChange, around: Surroundings): Finding[] {
  const holder = /_(role|user|group)_/.exec(change.type)?.[1] ?? "role";
  if (change.action === "delete") {
    return [
      finding(
        "IAM-LOST",
        say`takes the policy ${nameOf(change)} from ${words(holder)} ${holderOf(change, holder)}`,
      ),
    ];
  }
  if (change.action !== "create" || isNewHolder(change, holder, around)) return [];
  const grants = newGrants([], readPolicy(field(change.after, "policy")) ?? []) ?? [];
  return [
    finding(
      "IAM-ATTACHED",
      say`gives ${words(holder)} ${holderOf(change, holder)} the policy ${nameOf(change)}`,
      {
        details: grants.slice(0, MOST_LINES).map(grantLine),
        ...(isUnknownAt(change, "policy") && { doubt: words("what it allows is known after apply") }),
      },
    ),
  ];
}

function isNewHolder(change: PlannedChange, holder: string, around: Surroundings): boolean {
  if (isUnknownAt(change, holder)) return true;
  const name = field(change.after, holder);
  return around.isNew(`aws_iam_${holder}`, "name", name) || around.isNew(`aws_iam_${holder}`, "id", name);
}

function holderOf(change: PlannedChange, holder: string): string {
  return text(field(change.after, holder)) ?? text(field(change.before, holder)) ?? "known after apply";
}

function boundaryRemoved(change: PlannedChange): Finding[] {
  const [had, has] = [
    field(change.before, "permissions_boundary"),
    field(change.after, "permissions_boundary"),
  ];
  const gone = typeof had === "string" && had !== "" && (has === null || has === undefined || has === "");
  return gone && !isUnknownAt(change, "permissions_boundary")
    ? [finding("IAM-WIDENED", say`takes the permissions boundary ${had} from the role ${nameOf(change)}`)]
    : [];
}

function podIdentity(change: PlannedChange, around: Surroundings): Finding[] {
  const values = isObject(change.after) ? change.after : change.before;
  const account = `${text(field(values, "namespace")) ?? "?"}/${text(field(values, "service_account")) ?? "?"}`;
  const role = text(field(values, "role_arn")) ?? "a role known after apply";
  if (change.action === "delete")
    return [finding("IAM-LOST", say`takes the role ${role} from the pods of ${account}`)];
  const isChange =
    change.action === "update" &&
    !sameJson(field(change.before, "role_arn"), field(change.after, "role_arn"));
  const isFirst = change.action === "create" && !isUnknownAt(change, "role_arn");
  if (!isChange && !isFirst && change.action !== "replace") return [];
  return around.isOfNewCluster(change)
    ? []
    : [finding("IAM-IDENTITY", say`gives the pods of ${account} the role ${role}`)];
}
