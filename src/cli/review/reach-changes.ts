import { readStack } from "../../guardrails/read/read-stack";
import type { Resource } from "../../guardrails/resource";
import { changeText, pathChanges } from "../../reachability/path/exposure";
import { reachWorld } from "../../reachability/path/reach-world";
import type { Json } from "../../terraform-plan/json";

/** What a change opens and closes between pods, and to and from the internet: by the target's workspace. */
export function reachChanges(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): { readonly target: string; readonly paths: readonly string[] }[] {
  const old = byTarget(before);
  return [...byTarget(after)].flatMap(([target, stacks]) => {
    const was = old.get(target);
    if (was === undefined || isSame(was, stacks)) return [];
    const paths = pathChanges(reachWorld(resourcesOf(was), target), reachWorld(resourcesOf(stacks), target));
    return paths.length === 0 ? [] : [{ target, paths: paths.map(changeText) }];
  });
}

type Stacks = ReadonlyMap<string, Json>;

/** A stack's name is its target's workspace and the stack's own, which holds no dash. */
function byTarget(stacks: Stacks): Map<string, Map<string, Json>> {
  const targets = new Map<string, Map<string, Json>>();
  for (const [name, json] of stacks) {
    const target = name.slice(0, Math.max(name.lastIndexOf("-"), 0));
    targets.set(target, (targets.get(target) ?? new Map<string, Json>()).set(name, json));
  }
  return targets;
}

function isSame(before: Stacks, after: Stacks): boolean {
  const text = (stacks: Stacks) => JSON.stringify([...stacks].sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(before) === text(after);
}

function resourcesOf(stacks: Stacks): Resource[] {
  return [...stacks].flatMap(([name, json]) => readStack(json, name));
}
