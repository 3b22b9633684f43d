import { parseAllDocuments } from "yaml";
import type { Collected } from "./collected";
import type { Quote } from "./lines";

/** An object of JSON or YAML, with the part that it is from. */
export interface Found {
  readonly value: Readonly<Record<string, unknown>>;
  readonly from: Collected;
}

/** Every object in the JSON and YAML that was collected, the inner ones too. */
export function objectsIn(collected: readonly Collected[]): Found[] {
  return collected.flatMap((from) => valuesOf(from.text).flatMap((value) => deep(value, from)));
}

export function valuesOf(text: string): unknown[] {
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) {
    const whole = json(trimmed);
    if (whole !== undefined) return [whole];
    // One object a line, as logs and `hubble observe -o jsonpb` print them.
    return trimmed.split("\n").flatMap((line) => (line.startsWith("{") ? (json(line) ?? []) : []));
  }
  if (!/^(---\n)?(apiVersion|kind|items|metadata|data|spec|status):/.test(trimmed)) return [];
  try {
    return [...parseAllDocuments(trimmed)].flatMap((each) =>
      each.errors.length === 0 ? [each.toJS() as unknown] : [],
    );
  } catch {
    return [];
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function deep(value: unknown, from: Collected): Found[] {
  if (Array.isArray(value)) return value.flatMap((each) => deep(each, from));
  if (typeof value !== "object" || value === null) return [];
  const object = value as Readonly<Record<string, unknown>>;
  return [{ value: object, from }, ...Object.values(object).flatMap((each) => deep(each, from))];
}

/** What is at a path, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}

export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The line of the part in which a text stands, with `shown` in place of an object that goes on for pages. */
export function quoteIn(from: Collected, text: string, shown: string): Quote {
  const index = text === "" ? 0 : from.text.split("\n").findIndex((line) => line.includes(text));
  return { file: from.file, line: from.line + Math.max(0, index), text: shown };
}
