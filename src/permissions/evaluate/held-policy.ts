import type { Layers } from "../../guardrails/iam/authorize";
import { isText, matchesGlob } from "../../guardrails/iam/glob";
import { readable } from "../../guardrails/iam/symbol";
import type { Resource } from "../../guardrails/resource";
import { Unknown } from "../../guardrails/value";
import type { Grants } from "../grants/grants";
import type { ResourcePolicy } from "../grants/resource-policies";

type Held = NonNullable<Layers["resource"]> & {
  readonly at?: { readonly stack: string; readonly address: string };
};

/** The policy that the resource of a call has itself, with its place; undefined where none counts. */
export function heldPolicy(grants: Grants, action: string, resource: string): Held | undefined {
  const account = resource.split(":")[4] ?? "";
  const service = action.slice(0, action.indexOf(":"));
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
  const found = grants.resourcePolicies.find((each) => isOf(each, resource));
  const isKey = service === "kms" && /:key\//.test(resource);
  if (found !== undefined)
    return { account, isNecessary: found.kind === "key", statements: found.statements, at: found };
  return isKey
    ? {
        account,
        isNecessary: true,
        statements: [unseen(`the policy of ${readable(resource)} is in none of these stacks`)],
      }
    : undefined;
}

function isOf({ arn, kind }: ResourcePolicy, resource: string): boolean {
  if (arn === "") return false;
  return isText(arn, resource) === true || (kind === "bucket" && matchesGlob(`${arn}/*`, resource) === true);
}

/** A policy of which nothing is known. */
function unseen(why: string): Resource {
  const unknown = new Unknown(true, why);
  const attributes = { effect: "Allow", actions: ["*"], resources: ["*"], principals: unknown };
  return { type: "policy-statement", address: "", stack: "", source: "input", attributes };
}
