/** Groups of all of a list, made once for it. */
export function grouped<Item, Kept>(
  keep: (item: Item, index: number) => Kept,
  keysOf: (item: Item) => readonly string[],
) {
  const known = new WeakMap<readonly Item[], ReadonlyMap<string, readonly Kept[]>>();
  return (all: readonly Item[]): ReadonlyMap<string, readonly Kept[]> => {
    const found = known.get(all);
    if (found !== undefined) return found;
    const groups = new Map<string, Kept[]>();
    for (const [index, item] of all.entries())
      for (const key of keysOf(item)) {
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [keep(item, index)]);
        else group.push(keep(item, index));
      }
    known.set(all, groups);
    return groups;
  };
}

export const itself = <Item>(item: Item): Item => item;
