import type { Target } from "./target";

type Tags = Readonly<Record<string, string>>;

/** Tags of everything that a target makes: those of its config, a part's own, and whose it is. */
export function resourceTags(
  { config, name, environment }: Pick<Target, "config" | "name" | "environment">,
  own: Tags = {},
): Record<string, string> {
  return { ...config.tags, ...own, "octarine:target": name, "octarine:environment": environment };
}
