import { actionNames, iamAction, isKnownService } from "../../facts/iam-actions";
import { isAbout } from "../iam/decide";
import { matchesGlob } from "../iam/glob";
import { byType, type Inventory, type Resource } from "../resource";
import { type Rule, rule, undecided, type Verdict, violation } from "../rule";
import { at, entries, isUnknown, items, text, texts, type Value } from "../../values/value";

const REFERENCE =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html";
const QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
/** In stacks, and where they are not to be seen there: in registry modules and in bootstrap. */
const STATEMENT = ["policy-statement", "unseen-statement"];

/** Keys that AWS puts into requests of every service (IAM User Guide, "AWS global condition context keys"). */
const GLOBAL =
  /^aws:(calledvia|currenttime|ec2|epochtime|federatedprovider|multifactor|principal|requestedregion|resource(account|org)|secure|source|token|user|via|vpc|referer)/i;

/**
 * Conditions that some of their actions never meet, and that are as AWS writes them (CloudWatch Logs User Guide, "Encrypt
 * log data in CloudWatch Logs using AWS KMS": Describe* under the encryption context).
 */
const AS_DOCUMENTED = /^kms:EncryptionContext:/i;

/** Actions that a pattern of a policy stands for; undefined where the service is not in the data. */
function actionsOf(pattern: string): readonly string[] | undefined {
  const [service = "", name = ""] = pattern.toLowerCase().split(":");
  if (!isKnownService(service)) return undefined;
  const known = familiesOfActions.get(pattern);
  if (known !== undefined) return known;
  const found = [...actionNames(service)]
    .filter(([lower]) => matchesGlob(name, lower) === true)
    .map(([, written]) => `${service}:${written}`);
  familiesOfActions.set(pattern, found);
  return found;
}

/** By their pattern: policies of all targets have the same few. */
const familiesOfActions = new Map<string, readonly string[]>();

/** Keys of a statement's conditions. */
function keysOf({ attributes }: Resource): string[] {
  return entries(attributes.conditions).map(([condition]) => condition.slice(condition.indexOf(" ") + 1));
}

/** Whether requests of an action carry a key, whatever the resource; a key with a name behind it counts up to that. */
function carries(action: string, key: string): boolean {
  const asked = `${action} ${key}`;
  const found = carried.get(asked) ?? isCarried(action, key);
  carried.set(asked, found);
  return found;
}

/** By action and key: policies of all targets compare the same few. */
const carried = new Map<string, boolean>();

function isCarried(action: string, key: string): boolean {
  const known = iamAction(action);
  const lower = key.toLowerCase();
  const has = [...(known?.keys ?? []), ...(known?.resources ?? []).flatMap(({ keys }) => keys)];
  return has.some((each) => {
    const name = each.toLowerCase();
    return name === lower || (/[/:]$/.test(name) && lower.startsWith(name));
  });
}

/** Characters without white space; of a policy with references, those that are sure to be there. */
function size(policy: Value): number {
  const written = isUnknown(policy)
    ? policy.text.replaceAll(/(?<!\$)\$\{(?![\w-]+:)[^}]*\}/g, "")
    : text(policy);
  return written.replaceAll(/\s/g, "").length;
}

/** Policies with a limit of their own. */
const LIMITS: Readonly<Record<string, number>> = {
  aws_iam_policy: 6144,
  aws_ecr_repository_policy: 10_240,
  aws_kms_key: 32_768,
  aws_kms_key_policy: 32_768,
  aws_kms_replica_key: 32_768,
  aws_s3_bucket_policy: 20_480,
  aws_secretsmanager_secret_policy: 20_480,
  aws_vpc_endpoint: 20_480,
};

/** What an identifier that AWS gives is at most likely to take, a bucket's or a role's ARN say. */
const LONG_VALUE = 128;

export const policyRules: readonly Rule[] = [
  rule({
    id: "POLICY-ACTION",
    area: "IAM",
    severity: "error",
    what: "Every action of a policy is one that AWS has.",
    why: "AWS takes a name that it does not know without a word, and the call that was meant is denied.",
    remedy: "Write the action as the service authorization reference has it.",
    reference: REFERENCE,
    types: STATEMENT,
    check: ({ attributes }) =>
      [...texts(attributes.actions), ...texts(attributes.notActions)]
        .filter((each) => each !== "*" && actionsOf(each)?.length === 0)
        .map((each) => violation(`names ${each}, and AWS has no such action`)),
  }),
  rule({
    id: "POLICY-RESOURCE-TYPE",
    area: "IAM",
    severity: "error",
    what: "The resources of a statement are of types that its actions know.",
    why: "An action never meets a resource of another type: what was meant is denied.",
    remedy: "Write ARNs of the action's resource types, or * for one that knows none.",
    reference: REFERENCE,
    types: STATEMENT,
    check: ({ type, address, attributes }) => {
      // What a module's author put in beyond need takes nothing away; a call that it misses is PERMISSION-DENIED.
      if (type === "unseen-statement" && address.startsWith("module.")) return [];
      const resources = items(attributes.resources);
      if (attributes.holder !== "identity" || resources.length === 0 || resources.some(isUnknown)) return [];
      const named = texts(resources);
      return texts(attributes.actions)
        .filter((each) => {
          // A family that is denied, whichever of it there are.
          if (attributes.effect === "Deny" && each.includes("*")) return false;
          const known = actionsOf(each) ?? [];
          return known.length > 0 && !known.some((action) => named.some((arn) => fits(action, arn)));
        })
        .map((each) => violation(`allows or denies ${each} on ${named.join(", ")}, which it never meets`));
    },
  }),
  rule({
    id: "POLICY-CONDITION-KEY",
    area: "IAM",
    severity: "error",
    what: "Requests of a statement's actions carry the keys that its conditions ask for.",
    why: "A key that is not in the request makes a condition false: what was meant is denied.",
    remedy: "Put the action into a statement without the condition, or compare a key that it carries.",
    reference: REFERENCE,
    types: STATEMENT,
    check: (statement) =>
      keysOf(statement)
        .filter((key) => !GLOBAL.test(key) && !/:(aud|sub)$/.test(key) && !AS_DOCUMENTED.test(key))
        .flatMap((key) =>
          texts(statement.attributes.actions)
            .filter((each) => {
              const known = actionsOf(each) ?? [];
              return known.length > 0 && !known.some((action) => carries(action, key));
            })
            .filter((each) => isNeeded(statement, key) && isAbout(statement, each) === true)
            .map((each) => violation(`compares ${key}, which no request of ${each} carries`)),
        ),
  }),
  rule({
    id: "POLICY-SIZE",
    area: "IAM",
    severity: "error",
    what: "Policies have no more characters than AWS takes.",
    why: "The apply ends in LimitExceeded.",
    remedy: "Split it, or name fewer resources.",
    reference: QUOTAS,
    types: [...Object.keys(LIMITS), "aws-role"],
    check: ({ type, attributes }) => {
      if (type === "aws-role") return items(attributes.sizes).flatMap(sizeVerdict);
      const most = LIMITS[type] ?? 0;
      const characters = size(attributes.policy);
      return characters > most
        ? [violation(`its policy has ${characters} characters, and AWS takes ${most}`)]
        : [];
    },
  }),
  rule({
    id: "POLICY-ATTACHED",
    area: "IAM",
    severity: "error",
    what: "A role has no more managed policies than IAM attaches without a higher quota.",
    why: "The apply ends in LimitExceeded: Cannot exceed quota for PoliciesPerRole.",
    remedy: "Put statements of several policies into one, or into the role's inline policies.",
    reference: QUOTAS,
    types: ["aws-role"],
    check: ({ attributes }) =>
      Number(attributes.attached) > 10
        ? [violation(`has ${Number(attributes.attached)} managed policies, and IAM attaches 10`)]
        : [],
  }),
  rule({
    id: "POLICY-SID",
    area: "IAM",
    severity: "error",
    what: "Ids of statements are letters and digits, and each is there once in a policy.",
    why: "IAM refuses the policy: MalformedPolicyDocument.",
    remedy: "Rename the statement; of 0-9, A-Z and a-z.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
    types: STATEMENT,
    check: (statement, inventory) => {
      const { attributes } = statement;
      const sid = text(attributes.sid);
      if (sid === "") return [];
      const twice = named(inventory, statement);
      return [
        // Policies of keys, buckets and queues take more characters.
        ...(attributes.holder === "identity" && !/^[A-Za-z0-9]*$/.test(sid)
          ? [violation(`is named ${sid}`)]
          : []),
        ...(twice.length > 1 && twice[0] === statement
          ? [violation(`${sid} is there ${twice.length} times`)]
          : []),
      ];
    },
  }),
];

const statements = new WeakMap<readonly Resource[], ReadonlyMap<string, readonly Resource[]>>();

/** All of a statement's type with its address: which policies, and which in them, is said there. */
function named({ resources }: Inventory, { type, stack, address }: Resource): readonly Resource[] {
  const own = byType(resources).get(type) ?? [];
  const known = statements.get(own) ?? byAddress(own);
  statements.set(own, known);
  return known.get(`${stack}/${address}`) ?? [];
}

function byAddress(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const each of resources) {
    const key = `${each.stack}/${each.address}`;
    const same = index.get(key);
    if (same === undefined) index.set(key, [each]);
    else same.push(each);
  }
  return index;
}

/** One of a role's policies by what is sure to be in it, and by what may come after apply. */
function sizeVerdict(value: Value): Verdict[] {
  const [least, open, most] = ["least", "open", "most"].map((name) => Number(at(value, name)));
  if (least === undefined || open === undefined || most === undefined) return [];
  const what = text(at(value, "what"));
  if (least > most) return [violation(`${what} has ${least} characters, and IAM takes ${most}`)];
  return least + open * LONG_VALUE > most
    ? [undecided(`${what} has ${least} characters of ${most}, and ${open} values that are known after apply`)]
    : [];
}

/** Whether an action can meet a resource of this ARN. */
function fits(action: string, arn: string): boolean {
  const known = iamAction(action)?.resources ?? [];
  return (
    arn === "*" ||
    known.some((each) => matchesGlob(each.arn, arn) !== false || matchesGlob(arn, each.arn) !== false)
  );
}

/** Whether a condition on the key is false without it. */
function isNeeded({ attributes }: Resource, key: string): boolean {
  return entries(attributes.conditions).some(
    ([condition]) => condition.endsWith(` ${key}`) && !/IfExists|Null |Not|ForAllValues/i.test(condition),
  );
}
