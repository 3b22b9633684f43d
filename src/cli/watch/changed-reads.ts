import { areSame, type Read } from "../../reads/reads";

/** How a file differs from one pass to the next. */
export interface FileChange {
  readonly file: string;
  readonly is: "changed" | "new" | "gone";
}

/** Whether a run now would read something else. The day of the last commit is left out: asking Git takes long, and few commit meanwhile. */
export function anyChanged(reads: readonly Read[]): boolean {
  return !areSame(reads.filter(({ ask }) => ask !== "commitDay"));
}

/** Files whose content differs between what two passes read. */
export function changesBetween(before: readonly Read[], after: readonly Read[]): FileChange[] {
  return differences(contents(before), contents(after));
}

/** Files that are in one of two records of hashes alone, or with another hash; in order of their paths. */
export function differences(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): FileChange[] {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return files.flatMap((file): FileChange[] => {
    const [was, is] = [before[file], after[file]];
    if (was === is) return [];
    return [{ file, is: was === undefined ? "new" : is === undefined ? "gone" : "changed" }];
  });
}

/** Hashes of files that were read; not of those that were looked for and not there. */
function contents(reads: readonly Read[]): Record<string, string> {
  const read = reads.filter(({ ask, answer }) => ask === "bytes" && !answer.startsWith("!"));
  return Object.fromEntries(read.map(({ path, answer }) => [path, answer]));
}
