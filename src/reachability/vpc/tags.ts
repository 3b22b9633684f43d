import { entries, type Value } from "../../values/value";

/** Tags whose values are known. */
export function labelsOf(tags: Value): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries(tags).filter((each): each is readonly [string, string] => typeof each[1] === "string"),
  );
}

export function hasTags(
  wanted: Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([key, value]) =>
    value === "*" ? tags[key] !== undefined : tags[key] === value,
  );
}
