import type { ConfigPath } from "./source-node";
import { type JsonSchema, optionsAt } from "../json-schema/target-schema-json";

/**
 * Whether the map that a later layer has at a path is another choice than the one below it, by what the schema says a
 * choice is. With a word that tells (`kind`, `reach`, `api`) another word is another choice; without one, keys are
 * that no option has together.
 *
 * @param keysBelow keys of the lower map, with their values where those are plain
 */
export function otherChoice(
  path: ConfigPath,
  keysBelow: () => ReadonlyMap<string, unknown>,
  keysOver: () => ReadonlyMap<string, unknown>,
): boolean {
  // A target itself is no choice; where there is none, nobody looks at the keys, of which there may be thousands.
  if (path.length === 0) return false;
  const options = optionsAt(path);
  if (options.length < 2) return false;
  const [below, over] = [keysBelow(), keysOver()];
  const words = new Set(options.flatMap((option) => wordsOf(option)));
  for (const word of words) {
    if (below.has(word) && over.has(word) && below.get(word) !== over.get(word)) return true;
  }
  // Who chose below, and names nothing else here, stays with it: a key that does not belong there is told of by its name.
  const told = [...words].some(
    (word) => below.has(word) && !over.has(word) && options.every((option) => wordsOf(option).includes(word)),
  );
  if (told) return false;
  const possible = options.filter((option) => hasKeys(option, over.keys()) && fits(option, over));
  const was = options.some((option) => hasKeys(option, below.keys()) && fits(option, below));
  return was && possible.length > 0 && !possible.some((option) => hasKeys(option, below.keys()));
}

/** Keys whose value says which option a map is. */
function wordsOf({ properties = {} }: JsonSchema): string[] {
  return Object.keys(properties).filter((key) => properties[key]?.const !== undefined);
}

function hasKeys({ properties, additionalProperties }: JsonSchema, keys: Iterable<string>): boolean {
  return [...keys].every(
    (key) => properties?.[key] !== undefined || typeof additionalProperties === "object",
  );
}

function fits(option: JsonSchema, map: ReadonlyMap<string, unknown>): boolean {
  return wordsOf(option).every(
    (word) => !map.has(word) || map.get(word) === option.properties?.[word]?.const,
  );
}
