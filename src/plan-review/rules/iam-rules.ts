import type { Finding } from "../model/change";
import { listed, type Phrase, say, words } from "../model/phrase";
import { field, isObject, type Json, sameJson, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import {
  type Grant,
  isEverything,
  isForAnybody,
  lostDenials,
  newGrants,
  policyAttributes,
  readPolicy,
  type Statement,
} from "./policy";
import { accountOf, forWhom, principalNames } from "./names";
import { finding, findingOf, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, nameOf, type Surroundings } from "./surroundings";

const MOST_LINES = 20;

/** Policies of roles, trust, buckets, keys, queues: what one lets more, and what it no longer lets. */
export const policyRule: Rule = (change, around) => {
  if (["no-op", "read", "forget"].includes(change.action)) return [];
  return policyAttributes.flatMap((attribute) => comparePolicy(change, attribute, around));
};

function comparePolicy(change: PlannedChange, attribute: string, around: Surroundings): Finding[] {
  const [raw, next] = [field(change.before, attribute), field(change.after, attribute)];
  if (sameJson(raw, next) && !isUnknownAt(change, attribute)) return [];
  const before = readPolicy(typeof raw === "string" ? around.renamed(raw) : raw) ?? policyWithout(change);
  const after = readPolicy(next);
  const { of, noun, name } = subjectOf(change, attribute, around);
  const subject = say`${words(`${of}the ${noun}`)} ${name}`;
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
  // A new policy of a new holder widens nothing; what nobody should ever have is said all the same.
  const worth =
    before === undefined ? grants.filter((each) => isEverything(each) || isForAnybody(each)) : grants;
  const denials = lostDenials(before ?? [], after ?? []);
  const lost = newGrants(after ?? [], before ?? []) ?? [];
  const found: Finding[] = [];
  if (worth.length > 0 || denials.length > 0) {
    const account = accountOf(change);
    const says = words(`${before === undefined ? "makes" : "widens"} ${of}`.trimEnd());
    const details = [
      ...grantLines(worth, account),
      ...denials.map(({ actions }) => say`no longer denies ${listed(actions)}`),
    ];
    found.push(
      findingOf("IAM-WIDENED", { says, noun, subject: name, after: summary(worth, account) }, { details }),
    );
  }
  // A policy that goes with its holder denies nobody that is still there.
  if (lost.length > 0 && change.action === "update") {
    found.push(
      findingOf(
        "IAM-NARROWED",
        { says: words(`narrows ${of}`.trimEnd()), noun, subject: name },
        { details: grantLines(lost, accountOf(change)) },
      ),
    );
  }
  return found;
}

/** An endpoint without a policy lets everybody do everything through it (AWS PrivateLink guide, "Default endpoint policy"). */
function policyWithout({ type, before }: PlannedChange): readonly Statement[] | undefined {
  if (type !== "aws_vpc_endpoint" || before === null) return undefined;
  return readPolicy({ Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] });
}

interface Subject {
  /** What of it is meant: `who may assume `. */
  readonly of: string;
  readonly noun: string;
  readonly name: string;
}

function subjectOf(change: PlannedChange, attribute: string, around: Surroundings): Subject {
  if (attribute === "assume_role_policy")
    return { of: "who may assume ", noun: "role", name: nameOf(change, "role") };
  if (/^aws_kms_/.test(change.type))
    return { of: "the policy of ", noun: "key", name: around.nameOf(change) };
  return { of: "", noun: "policy", name: nameOf(change, "role", "bucket") };
}

/** Who gets what: `for role Auditor by kms:*`. */
function summary(grants: readonly Grant[], account: string | undefined): Phrase {
  if (grants.some(isForAnybody)) return words("to anybody");
  if (grants.some(isEverything)) return words("to every action on everything");
  const actions = [...new Set(grants.map(({ action }) => action))];
  if (actions.length === 0) return [];
  const who = grants.flatMap(({ principals }) => principals);
  const whom = who.length === 0 ? [] : say`for ${principalNames(who, account)} `;
  return say`${whom}by ${listed(actions, 4)}`;
}

/** Actions that are given on the same, to the same, on one line. */
function grantLines(grants: readonly Grant[], account: string | undefined): Phrase[] {
  const same = new Map<string, Grant[]>();
  for (const each of grants) {
    const key = JSON.stringify([each.resources, each.principals, each.conditional]);
    same.set(key, [...(same.get(key) ?? []), each]);
  }
  const lines = [...same.values()].map((each) => grantLine(each, account));
  const left = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(left > 0 ? [words(`and ${left} more`)] : [])];
}

function grantLine(grants: readonly Grant[], account: string | undefined): Phrase {
  const [{ resources = [], principals = [], conditional = false } = {}] = grants;
  const actions = listed([...new Set(grants.map(({ action }) => action))], 12);
  const on =
    resources.length === 1 && resources[0] === "*" && principals.length > 0
      ? []
      : say` on ${listed(resources, 4)}`;
  return say`${actions}${on}${forWhom(principals, account)}${words(conditional ? " under conditions" : "")}`;
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
        why: "No service account can assume its IAM role until it is back.",
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
        details: grantLines(grants, accountOf(change)),
        ...(isUnknownAt(change, "policy") && { doubt: words("what it allows is known after apply") }),
      },
    ),
  ];
}

function isNewHolder(change: PlannedChange, holder: string, around: Surroundings): boolean {
  if (isUnknownAt(change, holder)) return true;
  const name = field(change.after, holder);
  return (
    around.isNew(change, `aws_iam_${holder}`, "name", name) ||
    around.isNew(change, `aws_iam_${holder}`, "id", name)
  );
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
