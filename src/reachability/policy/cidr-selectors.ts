import { at, isAbsent, isUnknown, items, text, type Value } from "../../values/value";
import { isIn, parsePrefix } from "./addresses";
import { parseLabelKey } from "./labels";
import type { PolicyEngine } from "./rules";
import { type Range, Refused, requirementsOf, type Selector } from "./selectors";

/** Label that an object of ranges gives to the addresses in it, by its name. */
export function groupLabel(name: string): string {
  return `io.cilium.policy.cidrgroupname/${name}`;
}

export function rangeSelector(cidr: Value, except: readonly Value[], engine: PolicyEngine): Selector {
  if (isUnknown(cidr) || except.some(isUnknown))
    return { kind: "unknown", why: "a range that only Terraform knows" };
  return { kind: "range", range: rangeOf(cidr, engine), except: except.map((each) => rangeOf(each, engine)) };
}

/** One entry of fromCIDRSet or toCIDRSet. */
export function cidrRule(rule: Value, engine: PolicyEngine): Selector {
  const [cidr, group, selector] = [at(rule, "cidr"), at(rule, "cidrGroupRef"), at(rule, "cidrGroupSelector")];
  const except = items(at(rule, "except"));
  if ([cidr, group, selector].filter((each) => !isAbsent(each)).length !== 1)
    throw new Refused("it needs one of cidr, cidrGroupRef and cidrGroupSelector");
  if (!isAbsent(cidr)) {
    // Unlike in fromCIDR and toCIDR, an address alone is refused.
    if ([cidr, ...except].some((each) => typeof each === "string" && !each.includes("/")))
      throw new Refused("an address without a prefix length");
    return checked(rangeSelector(cidr, except, engine));
  }
  if ([group, ...except].some(isUnknown))
    return { kind: "unknown", why: "a group of ranges that only Terraform knows" };
  const requirements =
    typeof group === "string"
      ? [{ source: "cidrgroup", key: groupLabel(group), operator: "Exists" as const, values: [] }]
      : requirementsOf(selector, (key) => ({ ...parseLabelKey(key), source: "cidrgroup" }));
  return { kind: "group", requirements, except: except.map((each) => rangeOf(each, engine)) };
}

function checked(selector: Selector): Selector {
  if (selector.kind !== "range") return selector;
  for (const { prefix } of selector.except)
    if (!isIn(prefix.base, selector.range.prefix)) throw new Refused("an exception outside of its range");
  return selector;
}

function rangeOf(cidr: Value, engine: PolicyEngine): Range {
  const prefix = typeof cidr === "string" ? parsePrefix(cidr) : undefined;
  if (prefix === undefined) throw new Refused(`the range ${text(cidr)}`);
  if (prefix.length > 0 || engine.kind !== "cilium") return { prefix };
  return { prefix, world: worldLabel(prefix.base.family, engine) };
}

/** With one family of addresses the world has one label (pkg/labels, getWorldLabel). */
export function worldLabel(family: 4 | 6, { ipv4, ipv6 }: PolicyEngine): string {
  if (family === 4) return ipv6 ? "world-ipv4" : "world";
  return ipv4 ? "world-ipv6" : "world";
}
