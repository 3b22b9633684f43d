import { iamAction } from "../../facts/iam-actions";
import { ownerlessActions } from "../../facts/ownerless-actions";
import type { CallRequest, Context } from "../../guardrails/iam/request";
import type { AwsPlace } from "../../guardrails/resource";
import { Unknown } from "../../values/value";
import type { AwsCall } from "../../components/aws-call";
import { carriedKeys } from "./carried-keys";

/** On which way a call goes: an endpoint of the target's network, out of that network, or from nobody knows where. */
export type Way = "endpoint" | "network" | "anywhere";

/** Who calls, and for which account. */
export interface CallOrigin {
  readonly place: AwsPlace;
  /** Condition keys of who calls. */
  readonly caller: Context;
  readonly organizationId?: string;
}

/** One call on one resource as IAM sees it. What it carries is read where a policy asks for it: most ask for little. */
export class RequestOfCall implements CallRequest {
  readonly action: string;
  #context: Context | undefined;
  #shared: readonly Context[] | undefined;

  constructor(
    private readonly call: AwsCall,
    readonly resource: string,
    private readonly origin: CallOrigin,
    private readonly way: Way,
  ) {
    this.action = call.action;
  }

  get knowsNoResource(): boolean {
    return this.resource === "*" && iamAction(this.action)?.resources.length === 0;
  }

  get context(): Context {
    return (this.#context ??= {
      ...keysOfResource(this.action, this.resource, this.origin),
      ...(isForwarded(this.call) && forwarded),
      ...said(this.call, this.resource),
    });
  }

  get shared(): readonly Context[] {
    return (this.#shared ??= [
      this.origin.caller,
      BY_WAY[this.way],
      ALWAYS,
      carriedKeys(this.action, this.resource).unsaid,
    ]);
  }
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

/** Keys that AWS puts into requests (IAM User Guide, "AWS global condition context keys"), of who calls. */
export function callerKeys(
  arn: string,
  principalTags: Readonly<Record<string, readonly string[]>>,
  organizationId?: string,
): Context {
  const account = arn.split(":")[4] ?? "";
  return {
    "aws:principalarn": [arn],
    "aws:principalaccount": [account],
    // KMS has a name of its own for it.
    "kms:calleraccount": [account],
    // The organization of an account that is not this one is unknown.
    "aws:principalorgid": organizationId === undefined ? open("aws:PrincipalOrgID") : [organizationId],
    ...Object.fromEntries(
      Object.entries(principalTags).map(([key, values]) => [`aws:principaltag/${key}`.toLowerCase(), values]),
    ),
  };
}

/**
 * Keys of a service of AWS that calls. It has no role and no account of its own ("aws:PrincipalIsAWSService"); for whom it
 * calls is unknown, unless the call says it.
 */
export function serviceKeys(name: string): Context {
  return {
    "aws:principalisawsservice": ["true"],
    "aws:principalservicename": [name],
    ...unknown(
      "aws:PrincipalServiceNamesList",
      "aws:SourceArn",
      "aws:SourceAccount",
      "aws:SourceOrgID",
      "aws:SourceOrgPaths",
    ),
  };
}

const ALWAYS: Context = {
  "aws:principaltype": ["AssumedRole"],
  "aws:principalisawsservice": ["false"],
  "aws:viaawsservice": ["false"],
  "aws:securetransport": ["true"],
  ...unknown(
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
  ),
};

/** What a request through an endpoint may carry; some services leave the last four out. */
const OF_ENDPOINTS = [
  "aws:SourceVpce",
  "aws:SourceVpc",
  "aws:VpcSourceIp",
  "aws:SourceVpcArn",
  "aws:VpceAccount",
  "aws:VpceOrgID",
  "aws:VpceOrgPaths",
] as const;

/** An endpoint hides the address, and has an id and a VPC that are unknown before the apply. */
const BY_WAY: Readonly<Record<Way, Context>> = {
  network: unknown("aws:SourceIp"),
  endpoint: unknown(...OF_ENDPOINTS),
  anywhere: unknown(...OF_ENDPOINTS, "aws:SourceIp"),
};

function unknown(...keys: readonly string[]): Context {
  return Object.fromEntries(keys.map((key) => [key.toLowerCase(), open(key)]));
}

function open(key: string): Unknown {
  return new Unknown(false, key);
}

/** Keys of where a resource is, and whose. */
function keysOfResource(action: string, resource: string, { place, organizationId }: CallOrigin): Context {
  const [service = "", name = ""] = action.split(":");
  const [, , , region = "", account = ""] = resource.split(":");
  const requested = { "aws:requestedregion": [regionOf(service, region, place)] };
  if (isOwnerless(service, name)) return requested;
  if (isOfAnybody(resource))
    return { ...requested, ...unknown("aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths") };
  const owner = /^\d{12}$/.test(account) ? account : place.account;
  const isOurs = organizationId !== undefined && owner === place.account;
  return {
    ...requested,
    "aws:resourceaccount": [owner],
    "aws:resourceorgid": isOurs ? [organizationId] : open("aws:ResourceOrgID"),
    "aws:resourceorgpaths": open("aws:ResourceOrgPaths"),
  };
}

/** An image or a public parameter: their ARNs name no account, and most are AWS's. Snapshots are the platform's own. */
function isOfAnybody(resource: string): boolean {
  return /^arn:[^:]*:(ec2:[^:]*::image\/|ssm:[^:]*::parameter\/)/.test(resource);
}

/** AWS General Reference, "Service endpoints and quotas". */
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  "aws-cn": "cn-northwest-1",
  "aws-us-gov": "us-gov-west-1",
};

/** IAM and Route 53 have one endpoint in a partition, whatever region a caller is in. */
function regionOf(service: string, own: string, { partition, region }: AwsPlace): string {
  if (service === "iam" && partition === "aws-cn") return "cn-north-1";
  if (service === "iam" || service === "route53" || service === "organizations" || service === "shield")
    return GLOBAL_REGIONS[partition] ?? "us-east-1";
  return own !== "" && /^[a-z]{2}(-[a-z]+)+-\d$/.test(own) ? own : region;
}

/** Whether calls never say whose the resource is. */
function isOwnerless(service: string, name: string): boolean {
  const ownerless = ownerlessActions[service] ?? [];
  return ownerless.includes("*") || ownerless.includes(name);
}

/** What the call says, for the resources that carry it: a launch template has no tags of the request for an instance. */
function said({ action, context = {} }: AwsCall, resource: string): Context {
  const keys: Record<string, readonly string[]> = {};
  const tagKeys: string[] = [];
  for (const { key, lower, values, kind, tag } of saidKeys(context)) {
    if (kind === undefined) keys[lower] = values;
    else if (takesTags(action, resource, `${kind}/`)) {
      keys[`aws:${kind}/${tag}`] = values;
      // Services with a key of their own for it have both.
      const service = action.slice(0, action.indexOf(":"));
      keys[`${service}:${kind}/${tag}`] = values;
      if (kind === "requesttag") tagKeys.push(key.slice(lower.length - tag.length));
    }
  }
  return tagKeys.length > 0 ? { "aws:tagkeys": tagKeys, ...keys } : keys;
}

/** A key that a call says, and of which tag it is. */
interface SaidKey {
  readonly key: string;
  readonly lower: string;
  readonly values: readonly string[];
  readonly kind: string | undefined;
  readonly tag: string;
}

const saidOnce = new WeakMap<Said, readonly SaidKey[]>();

type Said = NonNullable<AwsCall["context"]>;

/** Read once: calls share what they say with the same call on other resources, and with others of its deed. */
function saidKeys(context: Said): readonly SaidKey[] {
  const known = saidOnce.get(context);
  if (known !== undefined) return known;
  const found = Object.entries(context).map(([key, values]): SaidKey => {
    const lower = key.toLowerCase();
    const [, kind, tag = ""] = /^[\w-]+:(requesttag|resourcetag)\/(.*)$/.exec(lower) ?? [];
    return { key, lower, values, kind, tag };
  });
  saidOnce.set(context, found);
  return found;
}

function takesTags(action: string, resource: string, kind: string): boolean {
  const { types, carried } = carriedKeys(action, resource);
  return (
    carried === undefined ||
    types.length === 0 ||
    carried.some(
      (key) => key.toLowerCase().startsWith(`aws:${kind}`) || key.toLowerCase().endsWith(`:${kind}`),
    )
  );
}
