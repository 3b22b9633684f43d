import { type NameRule, nameRules } from "../../facts/aws-names";
import type { AwsPlace, Inventory, Resource } from "../resource";
import { isMap, isUnknown, items, type Value } from "../../values/value";
import type { Claim, Claims } from "./claim";

export function isNamed(type: string): boolean {
  return nameRules[type] !== undefined;
}

/** The names that a target's resources take. Those that Terraform completes (`name_prefix`) are never the same. */
export function claimsOf({ resources, place }: Pick<Inventory, "resources" | "place">): Claim[] {
  return place === undefined ? [] : resources.flatMap((each) => claimOf(each, place) ?? []);
}

/** The name that a resource takes; undefined where it has none, or is not known yet. */
export function claimOf(resource: Resource, place: AwsPlace): Claim | undefined {
  const { attributes, type, stack, address } = resource;
  const rule = nameRules[type];
  if (rule === undefined || isElsewhere(resource)) return undefined;
  const name = nameAt(attributes, rule.attribute.split("."));
  const parents = (rule.within ?? []).map((each) =>
    parentKey(attributes[each] ?? rule.defaults?.[each], place),
  );
  if (typeof name !== "string" || name === "" || parents.includes(undefined)) return undefined;
  const same = rule.ignoresCase ? name.toLowerCase() : name;
  const key = [type, ...scopeKey(rule, resource, place), ...parents, same].join("|");
  return { key, name, scope: rule.scope, target: place.target, stack, address };
}

/** What of a resource decides which name it takes: all else of it need not be kept to compare names. */
export function namedPart({ attributes, ...resource }: Resource): Resource {
  const { attribute = "", within = [] } = nameRules[resource.type] ?? {};
  const deciding = [attribute.split(".")[0] ?? "", ...within, "region", "provider"];
  const kept = deciding.flatMap((name) => (name in attributes ? [[name, attributes[name]] as const] : []));
  return { ...resource, attributes: Object.fromEntries(kept) };
}

/** Terraform JSON writes one block as an object or as a list of one, a plan as a list. */
function nameAt(value: Value, path: readonly string[]): Value {
  return path.reduce<Value>((here, step) => {
    const [block] = items(here);
    return isMap(block) ? block[step] : undefined;
  }, value);
}

export function indexClaims(claims: readonly Claim[]): Claims {
  const index = new Map<string, Claim[]>();
  for (const claim of claims) {
    const known = index.get(claim.key);
    if (known === undefined) index.set(claim.key, [claim]);
    else known.push(claim);
  }
  return index;
}

/** Made by a provider other than the target's own: in a peer's account or region. */
function isElsewhere({ attributes: { provider } }: Resource): boolean {
  return typeof provider === "string" && provider.includes(".");
}

function scopeKey({ scope }: NameRule, { attributes }: Resource, place: AwsPlace): string[] {
  const { partition, account, region, target } = place;
  switch (scope) {
    case "world":
      return [partition];
    case "account":
      return [account];
    case "region":
      // A resource may be for another region than its provider.
      return [account, typeof attributes.region === "string" ? attributes.region : region];
    case "target":
      return [target];
  }
}

/** A reference is the same thing within a target only. Undefined: nothing is known of it. */
function parentKey(value: Value, { target }: AwsPlace): string | undefined {
  if (isUnknown(value)) return value.text === "" ? undefined : `${target}:${value.text}`;
  return typeof value === "string" ? value : undefined;
}
