import type { Resource } from "../resource";
import { entries, isAbsent, isUnknown, items, text, type Value } from "../../values/value";
import { conditionHolds } from "./conditions";
import { matchesGlob } from "./glob";
import type { CallRequest } from "./request";
import { allOf, anyOf, isUndecided, not, type Truth } from "./truth";
import { substitute } from "./variables";

/** What IAM makes of a call. */
export type Decision =
  | { readonly kind: "allowed" }
  /** By a statement that says so. */
  | { readonly kind: "denied"; readonly by: Resource }
  /** No statement allows it. */
  | { readonly kind: "not allowed" }
  | { readonly kind: "undecided"; readonly why: string };

/**
 * A call by the statements of one identity (resources of type `policy-statement`), as IAM decides: what a statement
 * denies is denied, else what one allows is allowed, else nothing is (IAM User Guide, "Policy evaluation logic").
 */
export function decide(statements: readonly Resource[], request: CallRequest): Decision {
  const judged = statements.map((statement) => ({
    statement,
    applies: statementApplies(statement, request, aboutOf(statement, request.action)),
  }));
  const denies = judged.filter(({ statement }) => mayDeny(statement));
  const allows = judged.filter(({ statement }) => mayAllow(statement));

  const denied = denies.find(({ applies }) => applies === true);
  if (denied !== undefined) return { kind: "denied", by: denied.statement };
  const allowed = anyOf(allows.map(({ applies }) => applies));
  if (allowed === false) return { kind: "not allowed" };
  // What may be denied is not allowed for certain.
  const certain = allOf([allowed, not(anyOf(denies.map(({ applies }) => applies)))]);
  return isUndecided(certain) ? { kind: "undecided", why: certain.unknown } : { kind: "allowed" };
}

export function mayAllow({ attributes: { effect } }: Resource): boolean {
  return effect !== "Deny";
}

/** A statement whose effect is unknown may, and a policy that nobody could read. */
export function mayDeny({ attributes: { effect, isUnread } }: Resource): boolean {
  return effect === "Deny" || isUnknown(effect) || isUnread === true;
}

/** Whether a statement speaks of an action, by Action or NotAction; without either IAM takes no policy. */
export function isAbout({ attributes: { actions, notActions } }: Resource, action: string): Truth {
  if (isAbsent(actions) && isAbsent(notActions)) return false;
  return element(actions, notActions, (each) => matchesGlob(each, action, true));
}

const abouts = new WeakMap<Resource, Map<string, Truth>>();

/** The same, found once: a deploy role is asked for a few actions, on every name of its targets. */
function aboutOf(statement: Resource, action: string): Truth {
  const known = abouts.get(statement) ?? new Map<string, Truth>();
  abouts.set(statement, known);
  const found = known.get(action) ?? isAbout(statement, action);
  known.set(action, found);
  return found;
}

/**
 * Whether a statement speaks of the call at all.
 *
 * @param about whether it speaks of the action, where that is known already
 */
export function statementApplies(
  statement: Resource,
  request: CallRequest,
  about = isAbout(statement, request.action),
): Truth {
  const { resources, notResources, conditions, effect, isUnread, attribute } = statement.attributes;
  if (isUnread === true) return { unknown: `${text(attribute) || "a policy"} can't be read here` };
  if (about === false) return false;
  const resource = element(resources, notResources, (each) => matchesResource(each, request));
  if (resource === false) return false;
  if (isUnknown(conditions)) return { unknown: "conditions are known after apply" };
  const said: Truth = isUnknown(effect)
    ? { unknown: "the effect of a statement is known after apply" }
    : true;
  return allOf([about, resource, allHold(conditions, request), said]);
}

/** Loops, as those below: they run for every statement of every call. */
function allHold(conditions: Value, request: CallRequest): Truth {
  let truth: Truth = true;
  for (const [condition, compared] of entries(conditions)) {
    const holds = conditionHolds(condition, items(compared), request);
    if (holds === false) return false;
    if (holds !== true) truth = holds;
  }
  return truth;
}

/** An element or its Not form; in a resource's own policy neither may be there, and it is for that resource. */
function element(positive: Value, negative: Value, matches: (text: string) => Truth): Truth {
  if (isUnknown(positive) || isUnknown(negative)) return { unknown: "a statement is known after apply" };
  if (!isAbsent(positive)) return anyOne(positive, matches);
  return isAbsent(negative) ? true : not(anyOne(negative, matches));
}

function anyOne(values: Value, matches: (text: string) => Truth): Truth {
  let truth: Truth = false;
  for (const value of items(values)) {
    const taken = one(value, matches);
    if (taken === true) return true;
    if (taken !== false) truth = taken;
  }
  return truth;
}

function one(value: Value, matches: (text: string) => Truth): Truth {
  if (isUnknown(value)) return { unknown: `${value.text || "a resource"} is known after apply` };
  return typeof value === "string" ? matches(value) : false;
}

function matchesResource(pattern: string, request: CallRequest): Truth {
  const arn = substitute(pattern, request);
  if (arn === undefined) return false;
  return request.knowsNoResource === true ? /^\*+$/.test(arn) : matchesGlob(arn, request.resource);
}
