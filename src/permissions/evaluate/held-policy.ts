import type { Layers } from "../../guardrails/iam/authorize";
import { mayDeny } from "../../guardrails/iam/decide";
import { isText, matchesGlob } from "../../guardrails/iam/glob";
import { readable } from "../../guardrails/iam/symbol";
import { anyOf, isUndecided, type Truth } from "../../guardrails/iam/truth";
import type { Resource } from "../../guardrails/resource";
import { Unknown } from "../../values/value";
import type { Grants } from "../grants/grants";
import type { ResourcePolicy } from "../grants/resource-policies";

type Held = NonNullable<Layers["resource"]> & {
  readonly at?: { readonly stack: string; readonly address: string };
};

/** The policy that the resource of a call has itself, with its place; undefined where none counts. */
export function heldPolicy(grants: Grants, action: string, resource: string): Held | undefined {
  const service = action.slice(0, action.indexOf(":"));
  if (!HOLDING.has(service)) return undefined;
  const found = known.get(grants) ?? new Map<string, Held | undefined>();
  known.set(grants, found);
  // What a role trusts counts for some actions of STS.
  const key = `${service === "sts" ? action : service} ${resource}`;
  if (!found.has(key)) found.set(key, findHeld(grants, service, action, resource));
  return found.get(key);
}

/** By service and resource: a deploy makes dozens of calls on a key. */
const known = new WeakMap<Grants, Map<string, Held | undefined>>();

function findHeld(grants: Grants, service: string, action: string, resource: string): Held | undefined {
  const account = resource.split(":")[4] ?? "";
  if (service === "sts" && /^sts:(AssumeRole|TagSession|SetSourceIdentity)/.test(action)) {
    const role = grants.roles.find(({ arn }) => isText(arn, resource) === true);
    return role === undefined
      ? {
          account,
          isNecessary: true,
          statements: [unseen(`what ${readable(resource)} trusts is in none of these stacks`)],
        }
      : { account, isNecessary: true, statements: role.trust, at: role };
  }
  const about = grants.resourcePolicies
    .filter(({ kind }) => SERVICES[kind] === service)
    .map((each) => [each, isOf(each, resource)] as const);
  const found = about.find(([, is]) => is === true)?.[0];
  if (found !== undefined)
    return { account, isNecessary: found.kind === "key", statements: found.statements, at: found };
  const isKey = service === "kms" && /:key\//.test(resource);
  const isForeign = /^\d{12}$/.test(account) && account !== grants.place.account;
  if (isKey || (isForeign && HOLDERS.includes(service)))
    return {
      account,
      isNecessary: isKey,
      statements: [unseen(`the policy of ${readable(resource)} is in none of these stacks`)],
    };
  // Several that the call may be on: what any of them denies may be denied.
  const possible = about.filter(([each, is]) => isUndecided(is) && each.statements.some(mayDeny));
  const statements = possible.flatMap(([each]) => each.statements.filter(mayDeny).map(perhaps));
  const at = possible[0]?.[0];
  return at && { account, isNecessary: false, statements, at };
}

const SERVICES: Readonly<Record<ResourcePolicy["kind"], string>> = {
  bucket: "s3",
  key: "kms",
  "log group": "logs",
  queue: "sqs",
  repository: "ecr",
  secret: "secretsmanager",
  topic: "sns",
};

/** Services of whose resources some have policies. */
const HOLDING = new Set([...Object.values(SERVICES), "sts"]);

/** Services whose resources have policies, and take no caller of another account without. Registries of AWS's are open. */
const HOLDERS: readonly string[] = ["secretsmanager", "sqs", "sns"];

function perhaps(statement: Resource): Resource {
  const why = `whether the call is on what ${statement.stack}/${statement.address} is for`;
  return {
    ...statement,
    attributes: { ...statement.attributes, notResources: null, resources: [new Unknown(true, why)] },
  };
}

function isOf({ arn, kind }: ResourcePolicy, resource: string): Truth {
  if (arn === "" || resource === "*") return false;
  return anyOf([isText(arn, resource), kind === "bucket" && matchesGlob(`${arn}/*`, resource)]);
}

/** The policy of a bucket that none of the stacks makes: what it lets is for its owner to say. Undefined of others. */
export function unseenBucketPolicy({ buckets }: Grants, resource: string): Held | undefined {
  const [, arn = "", bucket = ""] = /^(arn:[\w-]+:s3:::([^/$]+))(\/|$)/.exec(resource) ?? [];
  if (bucket === "" || buckets.includes(arn)) return undefined;
  return {
    account: "",
    isNecessary: true,
    statements: [unseen(`the policy of ${readable(arn)} is in none of these stacks`)],
  };
}

/** A policy of which nothing is known. */
function unseen(why: string): Resource {
  const unknown = new Unknown(true, why);
  const attributes = { effect: "Allow", actions: ["*"], resources: ["*"], principals: unknown };
  return { type: "policy-statement", address: "", stack: "", source: "input", attributes };
}
