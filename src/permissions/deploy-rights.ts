import { iamAction } from "../facts/iam-actions";
import { readable } from "../guardrails/iam/symbol";
import type { ProvedCall } from "./evaluate/proved-call";
import type { DeployRight } from "./merged-rights";

/** What names of an environment begin with, and whose they are. */
export interface NameScope {
  readonly accountId: string;
  readonly partition: string;
  /** Cluster names and workspaces, without the dash. */
  readonly namePrefixes: readonly string[];
  /** The states' own, of which the bootstrap writes the policy itself. */
  readonly stateBucket: string;
}

/** Services with one endpoint in a partition: their calls are not of the target's region. */
const GLOBAL = ["iam", "route53", "s3", "sts"];

/** What a call needs, as a right by families of names. None for states: bootstrap knows better which ones. */
export function rightOf({ call, resource }: ProvedCall, scope: NameScope): DeployRight[] {
  const { action, context = {} } = call;
  const arn = readable(resource).replaceAll(/\$\{[^}]*\}/g, "*");
  if (isOfStates(action, arn, context, scope)) return [];
  const families = iamAction(action)?.resources.length === 0 ? ["*"] : familiesOf(arn, scope);
  return families.map((each) => ({ action, resource: each, ...conditionOf(action, each, context, scope) }));
}

type Context = NonNullable<ProvedCall["call"]["context"]>;

function isOfStates(
  action: string,
  arn: string,
  context: Context,
  { partition, stateBucket }: NameScope,
): boolean {
  const bucket = `arn:${partition}:s3:::${stateBucket}`;
  const isOfKey =
    action.startsWith("kms:") && context["kms:ViaService"]?.some((each) => each.startsWith("s3."));
  return arn === bucket || arn.startsWith(`${bucket}/`) || isOfKey === true;
}

/** Names up to a beginning that is the platform's. One of IAM's that nobody knows is any of the platform's names. */
function familiesOf(arn: string, scope: NameScope): string[] {
  const cut = arn.split(":").slice(0, 5).join(":").length + 1;
  const [place, name] = [arn.slice(0, cut), arn.slice(cut)];
  const open = /^((?:role|policy|instance-profile)\/)\*/.exec(name)?.[1];
  if (open !== undefined) return scope.namePrefixes.map((prefix) => `${place}${open}${prefix}-*`);
  const prefixes = [...scope.namePrefixes].sort((a, b) => b.length - a.length);
  for (const prefix of prefixes) {
    const found = new RegExp(`^(?:.*?[/:])?${escaped(prefix)}[-/:]`).exec(name)?.[0];
    if (found !== undefined) return [`${place}${found}*`];
  }
  return [arn];
}

/** Names hold no characters that mean something in a pattern but these. */
function escaped(name: string): string {
  return name.replaceAll(/[.+*?^$()[\]{}|\\]/g, "\\$&");
}

function conditionOf(
  action: string,
  resource: string,
  context: Context,
  scope: NameScope,
): Pick<DeployRight, "condition"> {
  const service = action.slice(0, action.indexOf(":"));
  const compared = (operator: string, key: string, values = context[key]) =>
    values === undefined ? {} : { condition: { operator, key, values } };
  switch (action) {
    case "iam:PassRole":
      return compared("StringEquals", "iam:PassedToService");
    case "iam:CreateServiceLinkedRole":
      return compared("StringEquals", "iam:AWSServiceName");
    case "iam:AttachRolePolicy":
    case "iam:DetachRolePolicy":
      return compared(
        "ArnLike",
        "iam:PolicyARN",
        context["iam:PolicyARN"]?.flatMap((each) => attached(each, scope)),
      );
    case "kms:CreateGrant":
      return compared("Bool", "kms:GrantIsForAWSResource");
    default:
      return resource === "*" && !GLOBAL.includes(service)
        ? compared("StringEquals", "aws:RequestedRegion")
        : {};
  }
}

/** The platform's own policies by what their names begin with, those of AWS and of others by their names. */
function attached(policy: string, { accountId, partition, namePrefixes }: NameScope): string[] {
  const families = namePrefixes.map((prefix) => `arn:${partition}:iam::${accountId}:policy/${prefix}-`);
  const isOwn = policy.includes("*") || families.some((family) => policy.startsWith(family));
  return isOwn ? families.map((family) => `${family}*`) : [policy];
}
