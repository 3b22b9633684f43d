import { type ActionResource, iamAction } from "../../facts/iam-actions";
import { ownerlessActions } from "../../facts/ownerless-actions";
import { matchesGlob } from "../../guardrails/iam/glob";
import type { CallRequest } from "../../guardrails/iam/request";
import type { AwsPlace } from "../../guardrails/resource";
import { Unknown } from "../../guardrails/value";
import type { AwsCall } from "../../components/aws-call";

/** What a call carries of who makes it. */
export interface CallOrigin {
  readonly place: AwsPlace;
  /** ARN of the role. */
  readonly arn: string;
  /** By name, such as those that Pod Identity gives a session. */
  readonly principalTags: Readonly<Record<string, readonly string[]>>;
  readonly organizationId?: string;
  /** On which way a call goes: an endpoint of the target's network, out of that network, or from nobody knows where. */
  readonly way: "endpoint" | "network" | "anywhere";
}

type Context = Record<string, readonly string[] | Unknown>;

/** One call on one resource as IAM sees it, with all condition keys that it carries. */
export function requestOf(call: AwsCall, resource: string, origin: CallOrigin): CallRequest {
  const [service = "", name = ""] = call.action.split(":");
  const { types, carried, open } = keysFor(call.action, resource);
  return {
    action: call.action,
    resource,
    knowsNoResource: resource === "*" && iamAction(call.action)?.resources.length === 0,
    context: {
      ...open,
      ...globals(service, name, resource, origin),
      ...(isForwarded(call) && forwarded),
      ...said(call, service, types, carried),
    },
  };
}

/** Whether a service makes the call in its caller's name: such a call meets no endpoint of the caller's network. */
export function isForwarded({ context = {} }: AwsCall): boolean {
  return context["kms:ViaService"] !== undefined;
}

/** IAM User Guide, "Forward access sessions". */
const forwarded: Context = {
  "aws:viaawsservice": ["true"],
  "aws:calledvia": new Unknown(false, "aws:CalledVia"),
  "aws:calledviafirst": new Unknown(false, "aws:CalledViaFirst"),
  "aws:calledvialast": new Unknown(false, "aws:CalledViaLast"),
};

interface CarriedKeys {
  readonly types: readonly ActionResource[];
  readonly carried: readonly string[] | undefined;
  /** Those that have a value nobody knows unless the call says it. */
  readonly open: Context;
}

const keys = new Map<string, CarriedKeys>();

/** What requests of an action carry for a kind of resource: the same for every name of the kind. */
function keysFor(name: string, resource: string): CarriedKeys {
  const kind = kindOf(resource);
  const known = keys.get(`${name} ${kind}`);
  if (known !== undefined) return known;
  const action = iamAction(name);
  const types = (action?.resources ?? []).filter(({ arn }) => matchesGlob(arn, kind) !== false);
  const carried = action === undefined ? undefined : [...action.keys, ...types.flatMap((each) => each.keys)];
  const found = { types, carried, open: unsaid(carried) };
  keys.set(`${name} ${kind}`, found);
  return found;
}

/** An ARN up to the name in it: `arn:aws:iam::1:role/*`. */
function kindOf(resource: string): string {
  const parts = resource.split(":");
  const last = parts.slice(5).join(":");
  const cut = /^[\w-]+[/:]/.exec(last)?.[0];
  return parts.length < 6 || cut === undefined || parts[2] === "s3"
    ? resource
    : `${parts.slice(0, 5).join(":")}:${cut}*`;
}

/** Keys that AWS puts into requests (IAM User Guide, "AWS global condition context keys"). */
function globals(service: string, name: string, resource: string, origin: CallOrigin): Context {
  const { arn, place, principalTags, organizationId, way } = origin;
  const open = (key: string) => new Unknown(false, key);
  const owner = ownerOf(service, name, resource, place);
  return {
    "aws:principalarn": [arn],
    "aws:principalaccount": [arn.split(":")[4] ?? place.account],
    "aws:principaltype": ["AssumedRole"],
    // KMS has a name of its own for it.
    "kms:calleraccount": [arn.split(":")[4] ?? place.account],
    "aws:principalisawsservice": ["false"],
    "aws:viaawsservice": ["false"],
    "aws:securetransport": ["true"],
    "aws:requestedregion": [regionOf(service, resource, place)],
    ...(owner === undefined ? {} : { "aws:resourceaccount": [owner] }),
    // The organization of an account that is not this one is unknown.
    "aws:principalorgid": organizationId === undefined ? open("aws:PrincipalOrgID") : [organizationId],
    ...(owner === undefined
      ? {}
      : {
          "aws:resourceorgid":
            organizationId !== undefined && owner === place.account
              ? [organizationId]
              : open("aws:ResourceOrgID"),
        }),
    ...Object.fromEntries(
      [
        "aws:PrincipalOrgPaths",
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:TokenIssueTime",
        "aws:userid",
        "aws:UserAgent",
        // A role's session has them from whoever took it.
        "aws:MultiFactorAuthPresent",
        "aws:MultiFactorAuthAge",
        "aws:FederatedProvider",
        "aws:SourceIdentity",
        // Credentials of an instance have them.
        "aws:Ec2InstanceSourceVpc",
        "aws:Ec2InstanceSourcePrivateIPv4",
        "ec2:SourceInstanceARN",
        "ec2:RoleDelivery",
      ].map((key) => [key.toLowerCase(), open(key)]),
    ),
    // An endpoint hides the address, and has an id and a VPC that are unknown before the apply.
    ...(way === "network"
      ? {}
      : {
          "aws:sourcevpce": open("aws:SourceVpce"),
          "aws:sourcevpc": open("aws:SourceVpc"),
          "aws:vpcsourceip": open("aws:VpcSourceIp"),
        }),
    ...(way === "endpoint" ? {} : { "aws:sourceip": open("aws:SourceIp") }),
    ...Object.fromEntries(
      Object.entries(principalTags).map(([key, values]) => [`aws:principaltag/${key}`.toLowerCase(), values]),
    ),
  };
}

/** IAM and Route 53 have one endpoint in a partition, whatever region a caller is in. */
function regionOf(service: string, resource: string, { partition, region }: AwsPlace): string {
  if (["iam", "route53", "organizations"].includes(service))
    return partition === "aws-us-gov" ? "us-gov-west-1" : "us-east-1";
  const own = resource.split(":")[3] ?? "";
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(own) ? own : region;
}

/** The account of the resource; undefined for calls that never say it. */
function ownerOf(service: string, name: string, resource: string, place: AwsPlace): string | undefined {
  const ownerless = ownerlessActions[service] ?? [];
  if (ownerless.includes("*") || ownerless.includes(name)) return undefined;
  const account = resource.split(":")[4] ?? "";
  return /^\d{12}$/.test(account) ? account : place.account;
}

/** What the action carries and the call does not say is unknown, but for tags: those that a call has it says. */
function unsaid(carried: readonly string[] | undefined): Context {
  return Object.fromEntries(
    (carried ?? [])
      .filter((key) => !key.endsWith("/") && !key.endsWith(":") && key !== "aws:TagKeys")
      .map((key) => [key.toLowerCase(), new Unknown(false, key)]),
  );
}

/** What the call says, for the resources that carry it: a launch template has no tags of the request for an instance. */
function said(
  { context = {} }: AwsCall,
  service: string,
  types: readonly ActionResource[],
  carried: readonly string[] | undefined,
): Context {
  const takes = (prefix: string) =>
    carried === undefined ||
    types.length === 0 ||
    carried.some(
      (key) =>
        key.toLowerCase().startsWith(prefix) || key.toLowerCase().endsWith(`:${prefix.split(":")[1] ?? ""}`),
    );
  const tags: Context = {};
  const keys: string[] = [];
  for (const [key, values] of Object.entries(context)) {
    const lower = key.toLowerCase();
    const [, prefix, tag] = /^([\w-]+:(?:request|resource)tag\/)(.*)$/.exec(lower) ?? [];
    if (prefix === undefined || tag === undefined) {
      tags[lower] = values;
      continue;
    }
    const kind = prefix.endsWith("resourcetag/") ? "resourcetag/" : "requesttag/";
    if (!takes(`aws:${kind}`)) continue;
    tags[`aws:${kind}${tag}`] = values;
    // Services with a key of their own for it have both.
    tags[`${service}:${kind}${tag}`] = values;
    if (kind === "requesttag/") keys.push(key.slice(prefix.length));
  }
  return { ...(keys.length > 0 && { "aws:tagkeys": keys }), ...tags };
}
