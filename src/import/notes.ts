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
