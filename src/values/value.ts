/** What will be there and can't be read yet: an expression of the configuration, or `known after apply` of a plan. */
export class Unknown {
  constructor(
    /** Whether something is sure to be there, such as a reference to another resource's ARN. */
    readonly given: boolean,
    /** The expression, where there is one. */
    readonly text = "",
  ) {}
}

/** Plain data of a resource, in which some of it is not known yet. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Unknown
  | readonly Value[]
  | { readonly [key: string]: Value };

export interface Attributes {
  readonly [key: string]: Value;
}

export function isUnknown(value: Value): value is Unknown {
  return value instanceof Unknown;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is Attributes {
  return typeof value === "object" && value !== null && !isList(value) && !isUnknown(value);
}

/** Nothing there: null, empty text, an empty list. What is not known yet is not absent. */
export function isAbsent(value: Value): boolean {
  return value === undefined || value === null || value === "" || (isList(value) && value.length === 0);
}

/**
 * The value at a path of keys. A list of one block is read as the block: Terraform JSON writes a block as an object,
 * a plan as a list. Below something unknown everything is unknown.
 */
export function at(value: Value, ...path: readonly (string | number)[]): Value {
  let here = value;
  for (const step of path) {
    if (isUnknown(here)) return new Unknown(false);
    if (isList(here) && typeof step === "string") here = here[0];
    if (isUnknown(here)) return new Unknown(false);
    if (isList(here)) here = here[Number(step)];
    else if (isMap(here)) here = here[String(step)];
    else return undefined;
  }
  return here;
}

/** The entries of a list or of a single block. An unknown list has none; ask `hasUnknown` first. */
export function items(value: Value): readonly Value[] {
  if (isList(value)) return value;
  return isAbsent(value) ? [] : [value];
}

/** The entries of a map; none of anything else. */
export function entries(value: Value): readonly (readonly [string, Value])[] {
  return isMap(value) ? Object.entries(value) : [];
}

/** Texts of a list or a single one; what is not a text or not known is left out. */
export function texts(value: Value): string[] {
  return items(value).filter((each): each is string => typeof each === "string");
}

/** Whether any part of it is not known yet. */
export function hasUnknown(value: Value): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isMap(value) && Object.values(value).some(hasUnknown);
}

/** Terraform takes `"true"` for true. */
export function isTrue(value: Value): boolean {
  return value === true || value === "true";
}

export function isFalse(value: Value): boolean {
  return value === false || value === "false";
}

/** As a number, where it is one. */
export function toNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** A map with each of its fields changed; keys stay, and their order. */
export function mapFields<From, To>(
  map: Readonly<Record<string, From>>,
  change: (field: From) => To,
): Record<string, To> {
  const changed: Record<string, To> = {};
  for (const key of Object.keys(map)) {
    const value = change(map[key] as From);
    // To set a field of this name would set what the object inherits from.
    if (key === "__proto__")
      Object.defineProperty(changed, key, { value, enumerable: true, configurable: true, writable: true });
    else changed[key] = value;
  }
  return changed;
}

type Walked = readonly (readonly [readonly string[], Value])[];

const walked = new WeakMap<object, Walked>();

/** Every value in a tree with the path that leads to it, maps and lists included. Several rules walk the same. */
export function walk(value: Value): Walked {
  const known = typeof value === "object" && value !== null ? walked.get(value) : undefined;
  if (known !== undefined) return known;
  const found: (readonly [readonly string[], Value])[] = [];
  walkInto(found, value, []);
  if (typeof value === "object" && value !== null) walked.set(value, found);
  return found;
}

function walkInto(
  found: (readonly [readonly string[], Value])[],
  value: Value,
  path: readonly string[],
): void {
  found.push([path, value]);
  if (isList(value)) value.forEach((item, index) => walkInto(found, item, [...path, String(index)]));
  else if (isMap(value))
    for (const [key, field] of Object.entries(value)) walkInto(found, field, [...path, key]);
}

/** As text: numbers and switches too; empty for anything absent, unknown or not a scalar. */
export function text(value: Value): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? `${value}`
    : "";
}
