/** What an import could not carry over as it was. */
export interface Note {
  /** Line of the file that is imported, from 1, where it has lines that a reader looks for. */
  readonly line?: number;
  /** Else what holds it: the address of a resource, or the question that AWS answered. */
  readonly where?: string;
  /** Where in it, for example `managedNodeGroups[0].ssh.allow`; empty for all of it. */
  readonly path: string;
  /** changed: the configuration has something like it; lost: it has nothing of it. */
  readonly is: "changed" | "lost";
  readonly says: string;
}

export function byLine(notes: readonly Note[]): Note[] {
  return [...notes].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.path < b.path ? -1 : Number(a.path > b.path)),
  );
}

/**
 * What is said alike of resources that differ in their last index alone, or of things that one question lists, is one note, which says of how many. The order is that of
 * the first of each.
 */
export function merged(notes: readonly Note[]): Note[] {
  const groups = new Map<string, Note[]>();
  for (const each of notes) {
    const { is, says, path } = each;
    const key = JSON.stringify([withoutLast(each.where ?? ""), is, says, path.replace(/\[\d+\]/g, "[]")]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined || all.length === 1) return all;
    const places = new Set(all.map(({ where }) => where));
    if (places.size === 1) return all;
    return [
      { ...first, where: withoutLast(first.where ?? ""), says: `${first.says} (${places.size} of them)` },
    ];
  });
}

function withoutLast(address: string): string {
  return address.replace(/\[(?:\d+|"[^"]*")\]$|: [\w-]+$/, "");
}
