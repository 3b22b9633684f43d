import { listed } from "../../text/listed";
import type { TypeValues, ValueConstraint } from "../../facts/value-constraint";
import type { Resource } from "../resource";
import { isAbsent, isList, isMap, isUnknown, type Value } from "../../values/value";

/** What about a value AWS refuses. */
export type BreakKind = "pattern" | "length" | "enum" | "range" | "count" | "twice" | "missing";

/** A value that AWS refuses, and why. */
export interface ConstraintBreak {
  readonly kind: BreakKind;
  readonly detail: string;
  /** The value is the number 0. */
  readonly isZero?: boolean;
}

/** Values of a resource that AWS would refuse. What is not known yet is left out: most of it is what AWS returns. */
export function constraintBreaks(resource: Resource, values: TypeValues): ConstraintBreak[] {
  const { attributes, source } = resource;
  const found = stepsOf(values).flatMap(({ path, steps, constraint }) =>
    visit(attributes, steps, path, constraint),
  );
  // In a plan a number that nobody gave is 0: in nested blocks, and where the provider reads what is there.
  if (source === "plan") return found.filter(({ isZero }) => isZero !== true);
  // Of what a registry module makes only a part is read.
  return isInModule(resource) ? found.filter(({ kind }) => kind !== "missing") : found;
}

function isInModule({ address, source }: Resource): boolean {
  return source === "input" && address.startsWith("module.");
}

interface Judged {
  readonly path: string;
  readonly steps: readonly string[];
  readonly constraint: ValueConstraint;
}

const stepsByValues = new WeakMap<TypeValues, readonly Judged[]>();

function stepsOf(values: TypeValues): readonly Judged[] {
  const found =
    stepsByValues.get(values) ??
    Object.entries(values).map(([path, constraint]) => ({ path, steps: path.split("."), constraint }));
  stepsByValues.set(values, found);
  return found;
}

function visit(
  value: Value,
  [first, ...rest]: readonly string[],
  path: string,
  constraint: ValueConstraint,
): ConstraintBreak[] {
  if (first === undefined) return judged(path, value, constraint);
  // Terraform JSON writes one block as an object, a plan as a list.
  if (isList(value)) return value.flatMap((each) => visit(each, [first, ...rest], path, constraint));
  if (!isMap(value)) return [];
  const isLast = rest.length === 0;
  if (isLast && constraint.required === true && isMissing(value[first]))
    return [{ kind: "missing", detail: `${path} is missing, and AWS asks for it` }];
  return visit(value[first], rest, path, constraint);
}

/** A block that is not there is an empty list in a plan. */
function isMissing(value: Value): boolean {
  return isAbsent(value) || (isList(value) && value.length === 0);
}

function judged(path: string, value: Value, constraint: ValueConstraint): ConstraintBreak[] {
  if (isAbsent(value) || isUnknown(value)) return [];
  if (isList(value))
    return [
      ...count(path, value.length, constraint),
      ...twice(path, value, constraint),
      ...value.flatMap((each) => judged(path, each, constraint)),
    ];
  if (typeof value === "string")
    return [
      ...length(path, value, constraint),
      ...pattern(path, value, constraint),
      ...oneOf(path, value, constraint),
    ];
  if (typeof value === "number")
    return [...range(path, value, constraint), ...oneOf(path, value, constraint)].map((each) => ({
      ...each,
      isZero: value === 0,
    }));
  return [];
}

function count(path: string, entries: number, { minItems, maxItems }: ValueConstraint): ConstraintBreak[] {
  if (maxItems !== undefined && entries > maxItems)
    return [{ kind: "count", detail: `${path} has ${entries} entries, and AWS takes at most ${maxItems}` }];
  if (minItems !== undefined && entries < minItems)
    return [{ kind: "count", detail: `${path} has ${entries} entries, and AWS takes at least ${minItems}` }];
  return [];
}

/** The first entry that is there twice. Of entries that hold something unknown nothing is said. */
function twice(path: string, entries: readonly Value[], { uniqueItems }: ValueConstraint): ConstraintBreak[] {
  if (uniqueItems === undefined || uniqueItems === false) return [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const value = typeof uniqueItems === "string" ? fieldOf(entry, uniqueItems) : entry;
    if (isAbsent(value) || value === "" || hasUnknown(value)) continue;
    const key = JSON.stringify(value);
    if (seen.has(key)) {
      const what = typeof uniqueItems === "string" ? `${uniqueItems} ${key}` : quoted(key);
      return [{ kind: "twice", detail: `${path} has two entries with ${what}, and AWS takes it once` }];
    }
    seen.add(key);
  }
  return [];
}

function fieldOf(entry: Value, field: string): Value {
  return isMap(entry) ? entry[field] : undefined;
}

function hasUnknown(value: Value): boolean {
  if (isList(value)) return value.some(hasUnknown);
  return isUnknown(value) || (isMap(value) && Object.values(value).some(hasUnknown));
}

function length(path: string, text: string, constraint: ValueConstraint): ConstraintBreak[] {
  const { minLength = 0, maxLength = Infinity, maxSize } = constraint;
  const size = maxSize === undefined ? 0 : text.replaceAll(/\s/g, "").length;
  // Code points, as AWS counts them: never more than units of UTF-16, never fewer than half of them.
  const isNear = text.length > maxLength || text.length < 2 * minLength;
  const characters = isNear ? [...text].length : text.length;
  const says = (actual: number, limit: string): ConstraintBreak[] => [
    { kind: "length", detail: `${path} ${quoted(text)} has ${actual} characters, and AWS takes ${limit}` },
  ];
  if (isNear && characters > maxLength) return says(characters, `at most ${maxLength}`);
  if (isNear && characters < minLength) return says(characters, `at least ${minLength}`);
  if (maxSize !== undefined && size > maxSize) return says(size, `at most ${maxSize} without white space`);
  return [];
}

function pattern(path: string, text: string, constraint: ValueConstraint): ConstraintBreak[] {
  if (constraint.pattern === undefined) return [];
  const expression = compiled(constraint.pattern);
  if (expression.test(text)) return [];
  const refused = [...new Set(text)].filter((character) => !expression.test(character));
  const why =
    refused.length > 0 && refused.length < new Set(text).size
      ? `has ${refused.map((each) => JSON.stringify(each)).join(", ")}, which AWS refuses`
      : `is not of the form that AWS takes, ${constraint.pattern}`;
  return [{ kind: "pattern", detail: `${path} ${quoted(text)} ${why}` }];
}

function oneOf(path: string, value: string | number, constraint: ValueConstraint): ConstraintBreak[] {
  const taken = constraint.enum;
  if (taken === undefined || taken.some((each) => String(each) === String(value))) return [];
  const detail = `${path} must be one of ${taken.join(", ")}; it is ${value}`;
  return [{ kind: "enum", detail }];
}

function range(path: string, value: number, { minimum, maximum }: ValueConstraint): ConstraintBreak[] {
  const isOutside = (minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum);
  if (!isOutside) return [];
  const limits = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ];
  return [{ kind: "range", detail: `${path} is ${value}, and AWS takes ${listed(limits)}` }];
}

/** Long ones are cut: a policy would fill the screen. */
function quoted(text: string): string {
  const SHOWN = 80;
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}

const expressions = new Map<string, RegExp>();

function compiled(source: string): RegExp {
  const found = expressions.get(source) ?? new RegExp(source, "u");
  expressions.set(source, found);
  return found;
}
