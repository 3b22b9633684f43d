/** A value of a configuration file, as YAML has it. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };
export type Settings = Readonly<Record<string, Plain>>;

/** What is imported, as a target's settings: what the target has for itself, and what its release is. */
export interface Draft {
  /** AWS region, which names the target's file. */
  readonly region: string;
  /** Name of a release. */
  readonly release: string;
  /** Everything else that the target's file says. */
  readonly settings: Settings;
}

/** Without keys that have no value. */
export function settings(all: Readonly<Record<string, Plain | undefined>>): Settings {
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** The same, or nothing where there is none. */
export function settingsOrNone(all: Readonly<Record<string, Plain | undefined>>): Settings | undefined {
  const some = settings(all);
  return Object.keys(some).length === 0 ? undefined : some;
}

/** A name as our files take it, of what another tool calls so: lower-case letters, digits and dashes. */
export function shortNameOf(name: string, longest: number, taken: ReadonlySet<string>): string {
  const bare = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, longest)
    .replace(/-+$/, "");
  const base = bare === "" ? "imported" : bare;
  for (let count = 1; ; count++) {
    const ending = count === 1 ? "" : `-${count}`;
    const each = `${base.slice(0, longest - ending.length).replace(/-+$/, "")}${ending}`;
    if (!taken.has(each)) return each;
  }
}
