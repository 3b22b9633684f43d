import { Fault } from "../../text/errors";
import { allOf, anyOf, not, type Truth } from "../../guardrails/iam/truth";
import { at, entries, isUnknown, items, text, type Unknown, type Value } from "../../values/value";
import { type Address, isIn, isWithin, parsePrefix, type Prefix } from "./addresses";
import type { Label, LabelKey } from "./labels";
import { type NamePattern, takesName } from "./names";

/** What a label has to be. */
export interface Requirement extends LabelKey {
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly (string | Unknown)[];
}

/** A range of addresses. To Cilium that of everything is a label of the world, which those in the cluster lack. */
export interface Range {
  readonly prefix: Prefix;
  readonly world?: string;
}

/** Who is at the other end, as one entry of a rule says it. */
export type Selector =
  | { readonly kind: "labels"; readonly requirements: readonly Requirement[] }
  | { readonly kind: "range"; readonly range: Range; readonly except: readonly Range[] }
  | {
      readonly kind: "group";
      readonly requirements: readonly Requirement[];
      readonly except: readonly Range[];
    }
  | { readonly kind: "name"; readonly pattern: NamePattern }
  /** Something that only AWS, Terraform or a running cluster knows. */
  | { readonly kind: "unknown"; readonly why: string };

/** Who one end of a flow is to the engine. */
export interface Identity {
  readonly labels: readonly Label[];
  /** Where ranges reach it: outside of the cluster, or anywhere with engines that look at addresses only. */
  readonly address?: Address;
  /** It has an address in reach of ranges that nobody can know before. */
  readonly hasUnknownAddress?: boolean;
  /** DNS name by which it was looked up. */
  readonly name?: string;
}

export function selects(selector: Selector, identity: Identity): Truth {
  switch (selector.kind) {
    case "labels":
      return meets(selector.requirements, identity.labels);
    case "range":
      return allOf([
        within(selector.range, identity),
        ...selector.except.map((each) => not(within(each, identity))),
      ]);
    case "group":
      return allOf([
        meets(selector.requirements, identity.labels),
        ...selector.except.map((each) => not(within(each, identity))),
      ]);
    case "name":
      return identity.name !== undefined && takesName(selector.pattern, identity.name);
    case "unknown":
      return { unknown: selector.why };
  }
}

export function meets(requirements: readonly Requirement[], labels: readonly Label[]): Truth {
  return allOf(requirements.map((each) => meetsOne(each, labels)));
}

function meetsOne({ source, key, operator, values }: Requirement, labels: readonly Label[]): Truth {
  const found = labels.filter((each) => each.key === key && (source === "any" || each.source === source));
  if (operator === "Exists") return found.length > 0;
  if (operator === "DoesNotExist") return found.length === 0;
  const isOne = anyOf(found.flatMap(({ value }) => values.map((each) => equal(each, value))));
  return operator === "In" ? isOne : not(isOne);
}

function equal(a: string | Unknown, b: string | Unknown): Truth {
  if (isUnknown(a)) return { unknown: a.text };
  if (isUnknown(b)) return { unknown: b.text };
  return a === b;
}

/** Pods, nodes and the API server have addresses of a VPC or an overlay, which are never link-local (RFC 3927). */
const LINK_LOCAL = parsePrefix("169.254.0.0/16");

function within({ prefix, world }: Range, { address, hasUnknownAddress, labels, name }: Identity): Truth {
  if (world !== undefined) return labels.some(({ source, key }) => source === "reserved" && key === world);
  if (hasUnknownAddress === true) {
    const isLinkLocal = LINK_LOCAL !== undefined && isWithin(prefix, LINK_LOCAL);
    return name === undefined && isLinkLocal ? false : { unknown: "its address" };
  }
  return address !== undefined && isIn(address, prefix);
}

/** Why an engine refuses a rule. */
export class Refused extends Fault {}

/** What a rule says is known at apply only. */
export class Unread extends Fault {}

/** A selector of Kubernetes. `keyOf` says whose label a key means. */
export function requirementsOf(selector: Value, keyOf: (key: string) => LabelKey): Requirement[] {
  if (
    isUnknown(selector) ||
    isUnknown(at(selector, "matchLabels")) ||
    isUnknown(at(selector, "matchExpressions"))
  )
    throw new Unread("a selector that only Terraform knows");
  const equals = entries(at(selector, "matchLabels")).map(([key, value]): Requirement => ({
    ...keyOf(key),
    operator: "In",
    values: [scalar(value)],
  }));
  const expressions = items(at(selector, "matchExpressions")).map((each): Requirement => {
    const key = at(each, "key");
    return {
      ...keyOf(typeof key === "string" ? key : ""),
      operator: operatorOf(at(each, "operator"), items(at(each, "values"))),
      values: items(at(each, "values")).map(scalar),
    };
  });
  const all = [...equals, ...expressions];
  all.forEach(refuseInvalid);
  return all;
}

function operatorOf(operator: Value, values: readonly Value[]): Requirement["operator"] {
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) throw new Refused(`${operator} needs values`);
      return operator;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) throw new Refused(`${operator} takes no values`);
      return operator;
    default:
      throw new Refused(`the operator ${text(operator)} of a selector`);
  }
}

function scalar(value: Value): string | Unknown {
  if (isUnknown(value)) return value;
  return text(value);
}

const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

function refuseInvalid({ source, key, values }: Requirement): void {
  if (!KEY.test(`${source}.${key}`)) throw new Refused(`the label key ${key}`);
  for (const value of values)
    if (typeof value === "string" && !VALUE.test(value)) throw new Refused(`the label value ${value}`);
}
