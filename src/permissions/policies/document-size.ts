import type { Resource } from "../../guardrails/resource";
import { entries, isUnknown, items, type Value } from "../../values/value";

/** Characters of a policy as IAM counts them: without white space. */
export interface DocumentSize {
  /** Without those of values that are known after apply. */
  readonly least: number;
  /** How many such values there are. */
  readonly open: number;
}

/** Of a policy of these statements, written as Terraform's data source `aws_iam_policy_document` does. */
export function documentSize(statements: readonly Resource[]): DocumentSize {
  const written = JSON.stringify({ Version: "2012-10-17", Statement: statements.map(documentStatement) });
  const known = written.replaceAll(/[\uE010\uE011][\uE200-\uE2FF]*\uE012/g, OPEN);
  return {
    least: known.replaceAll(OPEN, "").replaceAll(/\s/g, "").length,
    open: known.split(OPEN).length - 1,
  };
}

export function sumOf(sizes: readonly DocumentSize[]): DocumentSize {
  return {
    least: sizes.reduce((sum, { least }) => sum + least, 0),
    open: sizes.reduce((sum, { open }) => sum + open, 0),
  };
}

/** Of private use, as symbols are. */
const OPEN = "\uE0FF";

function documentStatement({ attributes }: Resource): Record<string, unknown> {
  const parts = {
    Sid: attributes.sid,
    Effect: attributes.effect,
    Action: listOrOne(attributes.actions),
    NotAction: listOrOne(attributes.notActions),
    Resource: listOrOne(attributes.resources),
    NotResource: listOrOne(attributes.notResources),
    Principal: principalsOf(attributes.principals),
    NotPrincipal: principalsOf(attributes.notPrincipals),
    Condition: conditionsOf(attributes.conditions),
  };
  return Object.fromEntries(
    Object.entries(parts).filter(([, part]) => part !== undefined && part !== null && part !== ""),
  );
}

function listOrOne(value: Value): unknown {
  const list = (isUnknown(value) ? [value] : items(value)).map((each) => (isUnknown(each) ? OPEN : each));
  return list.length > 1 ? list : list[0];
}

/** `AWS:<arn>` and the like, by their kinds. */
function principalsOf(value: Value): unknown {
  if (isUnknown(value)) return OPEN;
  const byKind = new Map<string, unknown[]>();
  for (const each of items(value)) {
    if (each === "*") return "*";
    const named = typeof each === "string" ? each : OPEN;
    const kind = named.slice(0, Math.max(0, named.indexOf(":")));
    byKind.set(kind, [...(byKind.get(kind) ?? []), named.slice(named.indexOf(":") + 1)]);
  }
  if (byKind.size === 0) return undefined;
  return Object.fromEntries([...byKind].map(([kind, who]) => [kind, who.length > 1 ? who : who[0]]));
}

function conditionsOf(value: Value): unknown {
  if (isUnknown(value)) return OPEN;
  const byOperator: Record<string, Record<string, unknown>> = {};
  for (const [condition, compared] of entries(value)) {
    const cut = condition.indexOf(" ");
    const operator = condition.slice(0, cut);
    byOperator[operator] = {
      ...byOperator[operator],
      [condition.slice(cut + 1)]: listOrOne(compared),
    };
  }
  return Object.keys(byOperator).length > 0 ? byOperator : undefined;
}
