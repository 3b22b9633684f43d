import { listed } from "../../text/listed";
import { components } from "../../components/components";
import { isOneOf } from "../../releases/pins";
import { nearestOf } from "../../text/nearest";
import { keysOfOthers, plainWord } from "./other-tools";
import { type ConfigPath, formatPath } from "./source-node";
import { type JsonSchema, targetJsonSchema } from "../json-schema/target-schema-json";

/** What to write in place of a key that is not known at its place. */
export function unknownKeyRemedy(key: string, at: ConfigPath, known: readonly string[]): string {
  if (at.length === 1 && at[0] === "versions" && isOneOf(components, key)) {
    return `; Octarine does not install ${key}, so nothing would change: remove it`;
  }
  const near = nearestOf(key, known);
  if (near !== undefined) return `; did you mean ${near}?`;
  const meant = keysOfOthers[plainWord(key)];
  if (meant !== undefined) return `; ${meant}`;
  const elsewhere = placesOf(key).filter((place) => place !== formatPath([...at, key]));
  if (elsewhere.length > 0 && elsewhere.length <= 4) return `; did you mean ${listed(elsewhere, "or")}?`;
  return known.length > 0 ? `; known here: ${known.join(", ")}` : "";
}

let index: ReadonlyMap<string, readonly string[]> | undefined;

/** Paths of the schema that end in the key, whatever its case; maps of any name are `<name>`. */
function placesOf(key: string): readonly string[] {
  index ??= indexOf(targetJsonSchema());
  return index.get(plainWord(key)) ?? [];
}

function indexOf(root: JsonSchema): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, Set<string>>();
  const visit = ({ properties, additionalProperties, oneOf, anyOf }: JsonSchema, path: string): void => {
    for (const [key, schema] of Object.entries(properties ?? {})) {
      const place = path === "" ? key : `${path}.${key}`;
      places.set(plainWord(key), (places.get(plainWord(key)) ?? new Set()).add(place));
      visit(schema, place);
    }
    if (typeof additionalProperties === "object") visit(additionalProperties, `${path}.<name>`);
    for (const option of oneOf ?? anyOf ?? []) visit(option, path);
  };
  visit(root, "");
  return new Map([...places].map(([key, all]) => [key, [...all]]));
}
