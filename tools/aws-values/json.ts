/** A map of parsed JSON. */
export interface JsonMap {
  readonly [key: string]: unknown;
}

export function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
