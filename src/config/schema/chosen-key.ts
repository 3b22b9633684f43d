import type { z } from "zod";

/** A key of a map with a choice of keys, and its value. */
export type Chosen<Given, Key extends keyof Given> = {
  [Each in Key]-?: { readonly key: Each; readonly value: NonNullable<Given[Each]> };
}[Key];

/**
 * The one key of a map that says what it is, for the transform of a map with a choice of keys. Undefined where none or
 * several are there, which has become an issue then.
 *
 * @param keys of which exactly one belongs into the map
 */
export function chosenKey<Given extends object, const Key extends keyof Given & string>(
  given: Given,
  keys: readonly Key[],
  context: z.RefinementCtx,
): Chosen<Given, Key> | undefined {
  const there = keys.filter((key) => given[key] !== undefined);
  const [key, ...others] = there;
  if (key === undefined) {
    context.addIssue(
      keys.length === 2
        ? `has neither ${keys.join(" nor ")}; choose one`
        : `has none of ${listed(keys)}; choose one`,
    );
    return undefined;
  }
  if (others.length > 0) {
    context.addIssue(`has ${listed(there)}, which exclude each other; keep one`);
    return undefined;
  }
  return { key, value: given[key] } as Chosen<Given, Key>;
}

/** Keys that are of use beside another one only, each as an issue at its place. */
export function needlessKeys<Given extends object>(
  given: Given,
  keys: readonly (keyof Given & string)[],
  why: string,
  context: z.RefinementCtx,
): void {
  for (const key of keys) {
    if (given[key] !== undefined) context.addIssue({ code: "custom", path: [key], message: why });
  }
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
