import { iamAction } from "../facts/iam-actions";
import { readable } from "../guardrails/iam/symbol";
import type { IdentityProof } from "./prove";

/** A statement as IAM's JSON has it. */
interface NeededStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface NeededPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly NeededStatement[];
}

/** What a managed policy holds, without spaces (IAM User Guide, "IAM and STS quotas"). */
const MOST_CHARACTERS = 6144;

/** Keys by which a role that is passed or a policy that is attached is narrowed. */
const NARROWING = ["iam:PassedToService", "iam:PolicyARN", "iam:AWSServiceName"];

/**
 * Policies that allow what the proofs' calls need and no more: actions of the same resources in one statement, as many
 * documents as their size takes. A name that is unknown before the apply is a `*`.
 */
export function neededPolicies(proofs: readonly IdentityProof[]): NeededPolicy[] {
  const byAction = new Map<string, { condition: string; resources: Set<string> }>();
  for (const { call, resource } of proofs.flatMap(({ calls }) => calls)) {
    const condition = JSON.stringify(conditionOf(call.context ?? {}));
    const key = `${call.action} ${condition}`;
    const known = byAction.get(key) ?? { condition, resources: new Set<string>() };
    known.resources.add(widened(call.action, resource));
    byAction.set(key, known);
  }
  const byResources = new Map<string, string[]>();
  for (const [key, { condition, resources }] of byAction) {
    const where = JSON.stringify([condition, withoutCovered([...resources]).sort()]);
    byResources.set(where, [...(byResources.get(where) ?? []), key.slice(0, key.indexOf(" "))]);
  }
  const statements = [...byResources].map(([where, actions], index): NeededStatement => {
    const [condition = "{}", resources = []] = JSON.parse(where) as [string, string[]];
    const parsed = JSON.parse(condition) as Record<string, string[]>;
    return {
      Sid: `Needed${index + 1}`,
      Effect: "Allow",
      Action: [...new Set(actions)].sort(),
      Resource: resources,
      ...(Object.keys(parsed).length > 0 && { Condition: { StringEquals: parsed } }),
    };
  });
  return split(statements);
}

function conditionOf(
  context: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(context)
      .filter(([key, values]) => NARROWING.includes(key) && values.every((each) => !/[*$]/.test(each)))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function widened(action: string, resource: string): string {
  return iamAction(action)?.resources.length === 0 ? "*" : readable(resource).replaceAll(/\$\{[^}]*\}/g, "*");
}

/** Without those that another one takes in. */
function withoutCovered(resources: readonly string[]): string[] {
  if (resources.includes("*")) return ["*"];
  const wide = resources.filter((each) => each.endsWith("*")).map((each) => each.slice(0, -1));
  return resources.filter((each) => !wide.some((prefix) => each.startsWith(prefix) && each !== `${prefix}*`));
}

/** Statements in as few documents as they fit in, in their order; one that is too long by itself in parts. */
function split(statements: readonly NeededStatement[]): NeededPolicy[] {
  const policies: NeededStatement[][] = [[]];
  for (const each of statements.flatMap(parts)) {
    const last = policies.at(-1) ?? [];
    if (last.length > 0 && size([...last, each]) > MOST_CHARACTERS) policies.push([each]);
    else last.push(each);
  }
  return policies
    .filter(({ length }) => length > 0)
    .map((Statement) => ({ Version: "2012-10-17", Statement }));
}

function parts(statement: NeededStatement): NeededStatement[] {
  if (size([statement]) <= MOST_CHARACTERS || statement.Resource.length < 2) return [statement];
  const half = Math.ceil(statement.Resource.length / 2);
  return [statement.Resource.slice(0, half), statement.Resource.slice(half)].flatMap((Resource, index) =>
    parts({ ...statement, Sid: `${statement.Sid}${index === 0 ? "a" : "b"}`, Resource }),
  );
}

function size(Statement: readonly NeededStatement[]): number {
  return JSON.stringify({ Version: "2012-10-17", Statement }).length;
}
