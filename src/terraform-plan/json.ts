import { ExpectedError } from "../text/errors";

/** Any JSON value. Objects are read by `field`, never by index: a plan may name a key `__proto__` or `constructor`. */
export type Json = null | boolean | number | string | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Steps from a value to one inside it. */
export type JsonPath = readonly (string | number)[];

/** Values nested deeper are refused, so that no walk over them can exhaust the stack. Terraform's own stay below 40. */
export const MAX_DEPTH = 150;

/** The text is no JSON, or nested too deeply. */
export class JsonError extends ExpectedError {}

/** @throws JsonError */
export function parseJson(text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JsonError(error instanceof Error ? error.message : String(error));
  }
  if (!isShallowJson(value)) throw new JsonError(`it is nested deeper than ${MAX_DEPTH} levels`);
  return value;
}

/** Level by level in place of recursion: the depth is what is in question. */
function isShallowJson(value: unknown): value is Json {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false;
    const next: unknown[] = [];
    for (const each of level) {
      if (typeof each !== "object" || each === null) continue;
      for (const inner of Object.values(each)) if (typeof inner === "object") next.push(inner);
    }
    level = next;
  }
  return true;
}

/** A JSON document held in a text, such as a policy or chart values; undefined for any other text. */
export function parseDocument(text: string): JsonObject | JsonArray | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = parseJson(text);
    return isObject(value) || isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** A field of the object's own; undefined for anything that is not an object. */
export function field(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function at(value: Json | undefined, path: JsonPath): Json | undefined {
  let here = value;
  for (const step of path) {
    here = typeof step === "number" ? (isArray(here) ? here[step] : undefined) : field(here, step);
  }
  return here;
}

export function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Texts of a list; a single text counts as a list of one, as in policies. */
export function texts(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

export function items(value: Json | undefined): JsonArray {
  return isArray(value) ? value : [];
}

export function fields(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** Equal as JSON; the order of an object's keys does not count, that of a list does. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isArray(a) && isArray(b)) return a.length === b.length && a.every((each, i) => sameJson(each, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** Whether a mark of Terraform (sensitive, known after apply) is on the value or on anything in it. */
export function holdsTrue(mark: Json | undefined): boolean {
  return mark === true || items(mark).some(holdsTrue) || fields(mark).some(([, inner]) => holdsTrue(inner));
}

/** JSON with sorted keys: equal texts for equal values. */
export function canonical(value: Json | undefined): string {
  if (isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** null, "", [] and {}: what providers use one for another when nothing is set. */
export function isEmpty(value: Json | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}
