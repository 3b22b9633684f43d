import type { Resource } from "../../guardrails/resource";
import { entries, isAbsent, isList, isUnknown, items, Unknown, type Value } from "../../values/value";
import type { References } from "../../guardrails/references/references";

/** A policy as one document, with its statements (resources of type `policy-statement`). */
export interface Policy {
  /** As a message names it: `prod-a-karpenter`, `AmazonEKSWorkerNodePolicy`. */
  readonly label: string;
  /** aws: one of AWS's own. */
  readonly kind: "inline" | "managed" | "aws";
  readonly stack: string;
  readonly address: string;
  readonly statements: readonly Resource[];
}

/** A statement whose references are followed: all that is left unknown is a symbol in a text. */
export function followed(statement: Resource, references: References): Resource {
  const { stack, attributes } = statement;
  if (isWithoutReference(attributes)) return statement;
  const list = (value: Value): Value =>
    isUnknown(value) && value.text === ""
      ? value
      : items(value).map((each) => (isUnknown(each) ? references.textOf(each, stack) : each));
  return {
    ...statement,
    attributes: {
      ...attributes,
      actions: list(attributes.actions),
      notActions: list(attributes.notActions),
      resources: list(attributes.resources),
      notResources: list(attributes.notResources),
      principals: list(attributes.principals),
      notPrincipals: list(attributes.notPrincipals),
      conditions: followedConditions(attributes.conditions, list, stack),
    },
  };
}

/** Most of them, which then stay what they are: their preparation is kept by what they are. */
function isWithoutReference(attributes: Resource["attributes"]): boolean {
  const { conditions } = attributes;
  return (
    LISTS.every((name) => isAbsent(attributes[name]) || isPlainList(attributes[name])) &&
    !isUnknown(conditions) &&
    entries(conditions).every(([key, compared]) => !OPEN_KEY.test(key) && isPlainList(compared))
  );
}

const LISTS = ["actions", "notActions", "resources", "notResources", "principals", "notPrincipals"];
const OPEN_KEY = /\$\{|\uE000/;

function isPlainList(value: Value): boolean {
  return isList(value) && !value.some(isUnknown);
}

function followedConditions(value: Value, list: (value: Value) => Value, stack: string): Value {
  if (isUnknown(value)) return value;
  const conditions = entries(value);
  // A key that is an expression: nobody can say what is compared.
  if (conditions.some(([key]) => OPEN_KEY.test(key))) return new Unknown(true, `a condition key in ${stack}`);
  return Object.fromEntries(conditions.map(([key, compared]) => [key, list(compared)]));
}

/** The statements of a resource's policy, by the resource's address. */
export function statementsByOwner(resources: readonly Resource[]): (owner: Resource) => Resource[] {
  const byOwner = new Map<string, Resource[]>();
  for (const each of resources) {
    if (each.type !== "policy-statement") continue;
    const owner = `${each.stack}/${each.address.slice(0, each.address.indexOf("#"))}`;
    const known = byOwner.get(owner);
    if (known === undefined) byOwner.set(owner, [each]);
    else known.push(each);
  }
  return ({ stack, address }) => byOwner.get(`${stack}/${address}`) ?? [];
}
