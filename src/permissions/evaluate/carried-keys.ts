import { type ActionResource, iamAction } from "../../facts/iam-actions";
import { mayBeOfType } from "../../guardrails/iam/glob";
import type { Context } from "../../guardrails/iam/request";
import { Unknown } from "../../values/value";

/** What requests of an action carry for a kind of resource. */
export interface CarriedKeys {
  /** Types that the resource may be of. */
  readonly types: readonly ActionResource[];
  /** Undefined: the action is in no data. */
  readonly carried: readonly string[] | undefined;
  /** Those that have a value nobody knows unless the call says it. */
  readonly unsaid: Context;
}

const known = new Map<string, CarriedKeys>();

/** The same for every name of a kind, in whatever account and region. */
export function carriedKeys(name: string, resource: string): CarriedKeys {
  const kind = kindOf(resource);
  const key = `${name} ${kind}`;
  const found = known.get(key) ?? keysFor(name, kind);
  known.set(key, found);
  return found;
}

function keysFor(name: string, kind: string): CarriedKeys {
  const action = iamAction(name);
  const types = (action?.resources ?? []).filter(({ arn }) => mayBeOfType(arn, kind));
  const carried = action === undefined ? undefined : [...action.keys, ...types.flatMap((each) => each.keys)];
  return { types, carried, unsaid: unsaid(carried) };
}

/** An ARN up to the name in it, of any account and region: `arn:aws:iam::111122223333:role/*`. */
function kindOf(resource: string): string {
  const parts = resource.split(":");
  if (parts.length < 6) return resource;
  const [, , service = "", region, account = ""] = parts;
  const last = parts.slice(5).join(":");
  const place = `${region === "" ? "" : "us-east-1"}:${/^\d{12}$/.test(account) ? "111122223333" : account}`;
  // All that is behind a bucket's name is an object.
  if (service === "s3" && place === ":")
    return /^[\w.-]+$/.test(last) ? "arn:aws:s3:::b" : "arn:aws:s3:::b/*";
  const cut = /^[\w-]+[/:]/.exec(last)?.[0];
  return cut === undefined ? resource : `arn:aws:${service}:${place}:${cut}*`;
}

/** What the action carries and the call does not say is unknown, but for tags: those that a call has it says. */
function unsaid(carried: readonly string[] | undefined): Context {
  return Object.fromEntries(
    (carried ?? [])
      .filter((key) => !key.endsWith("/") && !key.endsWith(":") && key !== "aws:TagKeys")
      .map((key) => [key.toLowerCase(), new Unknown(false, key)]),
  );
}
