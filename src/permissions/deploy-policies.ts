import type { DeployPolicy, DeployStatement } from "../model/deploy-policy";
import { type NameScope, rightOf } from "./deploy-rights";
import { type DeployRight, merged } from "./merged-rights";
import type { IdentityProof } from "./prove";

/** What a managed policy holds, without spaces (IAM User Guide, "IAM and STS quotas"). */
export const MOST_CHARACTERS = 6144;

/** How far a policy is filled at first: what it holds grows with the fleet, and should stay where it is. */
const FILLED = 4096;

/** Policies that a role takes beside those of states and guards: IAM attaches ten (there, too). */
export const MOST_POLICIES = 10 - 2;

/** Services whose actions may be one `*`: what they do is build, and none of it reads what people or programs keep. */
export type WholeService = "ec2" | "eks" | "elasticloadbalancing" | "network-firewall" | "route53resolver";

export interface DeployPolicyOptions extends NameScope {
  /** Services of which all is allowed, for fleets that need more characters than IAM has room for. */
  readonly whole: readonly WholeService[];
  /** Policies that stay, with what is needed besides: of what is taken down, somebody has to delete the last. */
  readonly kept: readonly DeployPolicy[];
}

/**
 * Policies that allow what the deploys of an environment call: each action by itself, names by what they begin with, so
 * that another role or bucket of a target needs no new policy. Statements stay in the policy that they were in.
 */
export function deployPolicies(
  proofs: readonly IdentityProof[],
  { whole, kept, ...scope }: DeployPolicyOptions,
): DeployPolicy[] {
  const needed = proofs
    .filter(({ identity }) => identity.kind === "deploy")
    .flatMap(({ calls }) => calls)
    .flatMap((each) => rightOf(each, scope));
  const before = kept.flatMap(({ statements }) => statements.flatMap(rightsOfStatement));
  const statements = merged([...before, ...needed], whole).flatMap(parts);
  const places = new Map(kept.flatMap(({ name, statements: all }) => all.map(({ Sid }) => [Sid, name])));
  const loose = placed(statements, places, FILLED);
  return loose.length <= MOST_POLICIES ? loose : placed(statements, places, MOST_CHARACTERS);
}

function rightsOfStatement({ Action, Resource, Condition = {} }: DeployStatement): DeployRight[] {
  const [operator, compared = {}] = Object.entries(Condition)[0] ?? [];
  const [key, values = []] = Object.entries(compared)[0] ?? [];
  return Action.flatMap((action) =>
    Resource.map((resource) => ({
      action,
      resource,
      ...(operator !== undefined && key !== undefined && { condition: { operator, key, values } }),
    })),
  );
}

/** One statement as it is, or in halves that fit into a policy. */
function parts(statement: DeployStatement): DeployStatement[] {
  if (sizeOf([statement]) <= MOST_CHARACTERS) return [statement];
  const by = JSON.stringify(statement.Action).length > JSON.stringify(statement.Resource).length;
  const list = by ? statement.Action : statement.Resource;
  if (list.length < 2) return [statement];
  const half = Math.ceil(list.length / 2);
  return [list.slice(0, half), list.slice(half)].flatMap((each, index) =>
    parts({
      ...statement,
      Sid: `${statement.Sid}${index === 0 ? "A" : "B"}`,
      ...(by ? { Action: each } : { Resource: each }),
    }),
  );
}

/** Each where it was, if there is room; else in the first of its kind that has some, else in a new one. */
function placed(
  statements: readonly DeployStatement[],
  places: ReadonlyMap<string, string>,
  filled: number,
): DeployPolicy[] {
  const policies = new Map<string, DeployStatement[]>();
  const fits = (name: string, each: DeployStatement, most: number) => {
    const there = policies.get(name) ?? [];
    return there.length === 0 || sizeOf([...there, each]) <= most;
  };
  const put = (name: string, each: DeployStatement) =>
    policies.set(name, [...(policies.get(name) ?? []), each]);
  const old = statements.filter(({ Sid }) => places.has(Sid));
  for (const each of [...old, ...statements.filter((one) => !old.includes(one))]) {
    const before = places.get(each.Sid);
    if (before !== undefined && fits(before, each, MOST_CHARACTERS)) {
      put(before, each);
      continue;
    }
    const kind = kindOf(each);
    let number = 1;
    while (!fits(numbered(kind, number), each, filled)) number += 1;
    put(numbered(kind, number), each);
  }
  return [...policies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) => ({ name, statements: all.sort((a, b) => (a.Sid < b.Sid ? -1 : 1)) }));
}

function numbered(kind: string, number: number): string {
  return number === 1 ? kind : `${kind}-${number}`;
}

function kindOf({ Action: [action = ""] }: DeployStatement): string {
  const service = action.slice(0, action.indexOf(":"));
  return ["ec2", "iam"].includes(service) ? service : "services";
}

export interface DeployDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly DeployStatement[];
}

export function policyDocument(statements: readonly DeployStatement[]): DeployDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** Characters of a policy of these statements, as IAM counts them. */
export function sizeOf(statements: readonly DeployStatement[]): number {
  return JSON.stringify(policyDocument(statements)).length;
}
