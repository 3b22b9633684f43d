export type Json = Record<string, unknown>;

/**
 * Lays `source` on `target` as cdktf merges the parts of a stack (lib/util.ts, deepMerge): maps merge, lists follow each other, undefined
 * takes a key away. What `target` does not have yet is taken as it is, not copied: the parts are nobody else's.
 */
export function graft(target: Json, source: Readonly<Json>): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    const there = target[key];
    if (value === undefined) delete target[key];
    else if (isMap(value) && isMap(there)) graft(there, value);
    else if (Array.isArray(value) && Array.isArray(there))
      target[key] = [...(there as unknown[]), ...(value as unknown[])];
    else target[key] = value;
  }
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
