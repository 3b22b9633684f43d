import {
  canonical,
  field,
  fields,
  isArray,
  isObject,
  type Json,
  parseDocument,
  text,
  texts,
} from "../../terraform-plan/json";

/** A statement of a policy of AWS (IAM, a bucket, a key, a queue, trust). */
export interface Statement {
  readonly allow: boolean;
  /** Patterns; after `not`, everything but these. */
  readonly actions: readonly string[];
  readonly notActions: boolean;
  readonly resources: readonly string[];
  readonly notResources: boolean;
  /** Whom it is for; empty in policies of a role, which are for that role. */
  readonly principals: readonly string[];
  readonly notPrincipals: boolean;
  /** As sorted JSON; empty where there is none. */
  readonly condition: string;
}

/** A right that one version of a policy gives and the other does not. */
export interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly conditional: boolean;
}

/** Statements of a policy text, or undefined if it is none. */
export function readPolicy(value: Json | undefined): Statement[] | undefined {
  const document = typeof value === "string" ? parseDocument(value) : value;
  const raw = field(document, "Statement");
  if (raw === undefined) return undefined;
  return (isArray(raw) ? raw : [raw]).filter(isObject).map((each) => ({
    allow: text(field(each, "Effect")) !== "Deny",
    actions: texts(field(each, "Action") ?? field(each, "NotAction")),
    notActions: field(each, "NotAction") !== undefined,
    resources: resourcesOf(each),
    notResources: field(each, "NotResource") !== undefined,
    principals: principalsOf(field(each, "Principal") ?? field(each, "NotPrincipal")),
    notPrincipals: field(each, "NotPrincipal") !== undefined,
    condition: field(each, "Condition") === undefined ? "" : canonical(field(each, "Condition")),
  }));
}

function resourcesOf(statement: Json): string[] {
  const named = field(statement, "Resource") ?? field(statement, "NotResource");
  // A trust policy names none: it is about the role that it is in.
  return named === undefined ? ["*"] : texts(named);
}

function principalsOf(principal: Json | undefined): string[] {
  if (typeof principal === "string") return [principal];
  return fields(principal).flatMap(([, value]) => texts(value));
}

/** AWS takes no policy of more than 20,480 characters. Texts of longer ones would take too long to compare. */
const LONGEST_POLICY = 65_536;

/** Rights in `after` that `before` does not give; undefined if they are too long to compare. */
export function newGrants(before: readonly Statement[], after: readonly Statement[]): Grant[] | undefined {
  if (Math.max(lengthOf(before), lengthOf(after)) > LONGEST_POLICY) return undefined;
  const old = before.filter(({ allow }) => allow);
  return after
    .filter(({ allow }) => allow)
    .flatMap((statement) => {
      if (isByExclusion(statement)) {
        const same = old.some((each) => canonicalOf(each) === canonicalOf(statement));
        return same ? [] : [everythingBut(statement)];
      }
      return statement.actions.flatMap((action) => grantsOf(action, statement, old));
    });
}

/** What a statement gives of one action that no older one gives, by whom it is new for: a principal that had it is not told. */
function grantsOf(action: string, statement: Statement, old: readonly Statement[]): Grant[] {
  const byWhom = new Map<string, { principals: readonly string[]; resources: string[] }>();
  for (const resource of statement.resources) {
    const isNew = (principals: readonly string[]) =>
      !old.some((each) => gives(each, action, resource, { ...statement, principals }));
    const principals = statement.principals.filter((who) => isNew([who]));
    if (statement.principals.length === 0 ? !isNew([]) : principals.length === 0) continue;
    const key = JSON.stringify(principals);
    const same = byWhom.get(key) ?? { principals, resources: [] };
    same.resources.push(resource);
    byWhom.set(key, same);
  }
  const conditional = statement.condition !== "";
  return [...byWhom.values()].map(({ principals, resources }) => ({
    action,
    resources,
    principals,
    conditional,
  }));
}

/** Denials in `before` that `after` does not have. */
export function lostDenials(before: readonly Statement[], after: readonly Statement[]): readonly Statement[] {
  const still = new Set(after.filter(({ allow }) => !allow).map(canonicalOf));
  return before.filter((each) => !each.allow && !still.has(canonicalOf(each)));
}

function lengthOf(statements: readonly Statement[]): number {
  const patterns = statements.flatMap(({ actions, resources }) => [...actions, ...resources]);
  return patterns.reduce((sum, each) => sum + each.length + 1, 0);
}

/** Its actions, resources or principals are those left out. Compared as a whole: what is left is not listed anywhere. */
function isByExclusion({ notActions, notResources, notPrincipals }: Statement): boolean {
  return notActions || notResources || notPrincipals;
}

function everythingBut(statement: Statement): Grant {
  const { actions, resources, principals, condition } = statement;
  return {
    action: statement.notActions ? `everything but ${actions.join(", ")}` : actions.join(", "),
    resources: statement.notResources ? [`everything but ${resources.join(", ")}`] : resources,
    // Everybody, and for the reader who is left out.
    principals: statement.notPrincipals ? ["*", `everybody but ${principals.join(", ")}`] : principals,
    conditional: condition !== "",
  };
}

function gives(old: Statement, action: string, resource: string, asked: Statement): boolean {
  if (isByExclusion(old)) return false;
  return (
    old.actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    old.resources.some((pattern) => matches(pattern, resource)) &&
    (old.condition === "" || old.condition === asked.condition) &&
    asked.principals.every((who) => old.principals.includes("*") || old.principals.includes(who))
  );
}

function canonicalOf(statement: Statement): string {
  const sorted = (list: readonly string[]) => [...list].sort();
  return JSON.stringify({
    ...statement,
    actions: sorted(statement.actions),
    resources: sorted(statement.resources),
    principals: sorted(statement.principals),
  });
}

/**
 * Whether every text that `inner` stands for is one that `pattern` stands for. `*` is any text and `?` any character; a
 * wildcard of `inner` is only covered by `*`. Takes at most the product of their lengths: a policy in a plan may be made to
 * be slow.
 */
export function matches(pattern: string, inner: string): boolean {
  let [p, i, star, mark] = [0, 0, -1, 0];
  while (i < inner.length) {
    if (pattern[p] === "*") {
      star = p++;
      mark = i;
    } else if (pattern[p] === inner[i] || (pattern[p] === "?" && inner[i] !== "*")) {
      p++;
      i++;
    } else if (star >= 0) {
      p = star + 1;
      i = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** Policies that a resource holds, by attribute. */
export const policyAttributes: readonly string[] = [
  "policy",
  "policy_document",
  "assume_role_policy",
  "access_policy",
  "resource_policy",
];

export function isEverything(grant: Grant): boolean {
  return grant.action === "*" && grant.resources.includes("*");
}

/** Whether anybody in AWS, or outside it, is meant. */
export function isForAnybody(grant: Grant): boolean {
  return grant.principals.includes("*") && !grant.conditional;
}
