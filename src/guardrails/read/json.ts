/** A map of parsed JSON. */
export interface JsonMap {
  readonly [key: string]: unknown;
}

export function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The map there, or an empty one. */
export function mapAt(value: unknown, ...path: readonly string[]): JsonMap {
  let here = value;
  for (const step of path) here = isJsonMap(here) ? here[step] : undefined;
  return isJsonMap(here) ? here : {};
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
