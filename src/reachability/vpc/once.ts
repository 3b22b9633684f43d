import type { VpcWorld } from "./world";

/** Remembers what was decided once of a world: flows share most of their way. */
export function onceOf<T>(): (world: VpcWorld, key: string, decide: () => T) => T {
  const decided = new WeakMap<VpcWorld, Map<string, T>>();
  return (world, key, decide) => {
    const known = decided.get(world) ?? new Map<string, T>();
    decided.set(world, known);
    const found = known.get(key) ?? decide();
    known.set(key, found);
    return found;
  };
}
