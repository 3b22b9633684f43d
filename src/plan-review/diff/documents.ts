import { parseAllDocuments } from "yaml";
import { JsonError, isArray, isObject, type Json, parseDocument, parseJson } from "../../terraform-plan/json";

/** Longer texts are compared as texts: YAML of that size is slow to read, and nobody reviews it. */
const LONGEST_YAML = 2_000_000;

/** Chart values: JSON, or YAML with its aliases counted (a bomb of them is refused and compared as text). */
export function parseValues(text: string): Json | undefined {
  const json = parseDocument(text);
  if (json !== undefined || text.length > LONGEST_YAML || !/[:\n]/.test(text)) return json;
  try {
    const documents = parseAllDocuments(text, { logLevel: "silent", uniqueKeys: true });
    if (!isArrayOfDocuments(documents)) return undefined;
    const values = documents
      .filter((each) => each.contents !== null)
      .map((each) => {
        if (each.errors.length > 0) throw new JsonError("it is not YAML");
        const plain: unknown = each.toJS({ maxAliasCount: 100 });
        return parseJson(JSON.stringify(plain));
      });
    const only = values.length === 1 ? values[0] : values;
    return isObject(only) || isArray(only) ? only : undefined;
  } catch {
    return undefined;
  }
}

function isArrayOfDocuments<T>(value: readonly T[] | { empty: true }): value is readonly T[] {
  return Array.isArray(value);
}
