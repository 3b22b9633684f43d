/** What an import could not carry over as it was. */
export interface Note {
  /** Line of the file that is imported, from 1. */
  readonly line: number;
  /** Where in it, for example `managedNodeGroups[0].ssh.allow`. */
  readonly path: string;
  /** changed: the configuration has something like it; lost: it has nothing of it. */
  readonly is: "changed" | "lost";
  readonly says: string;
}

export function byLine(notes: readonly Note[]): Note[] {
  return [...notes].sort((a, b) => a.line - b.line || (a.path < b.path ? -1 : Number(a.path > b.path)));
}
