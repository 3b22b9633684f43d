import fs from "node:fs";
import path from "node:path";
import { digest } from "../../reads/reads";
import { entriesOf } from "../output/layout";

/** SHA-256 of files, and of the names in folders (their paths end in a slash), by path with forward slashes. */
export type Seals = Readonly<Record<string, string>>;

/** All that lies below some entries of a folder, links not followed: what is a link there is not what was written. */
export function sealEntries(folder: string, entries: readonly string[], prefix: string): Seals {
  const seals: Record<string, string> = {};
  const add = (file: string, name: string) => {
    const stat = fs.lstatSync(file);
    if (stat.isDirectory()) {
      const names = entriesOf(file);
      seals[`${name}/`] = namesSeal(names);
      names.forEach((each) => add(path.join(file, each), `${name}/${each}`));
    } else seals[name] = stat.isFile() ? digest(fs.readFileSync(file)) : "";
  };
  entries.forEach((entry) => add(path.join(folder, entry), prefix + entry));
  return seals;
}

export function namesSeal(names: readonly string[]): string {
  return digest(JSON.stringify(names));
}

/**
 * What a file system tells of a file, or of a folder's list: it has all of it as it had only if nobody wrote to it. And the seal that
 * its content had: a record that comes back from elsewhere, such as an earlier commit, is not believed by the stats of a later one.
 */
export type FileStat = readonly [
  size: number,
  modifiedMs: number,
  changedMs: number,
  inode: number,
  seal: string,
];

/** By path; kept beside the seals, so that not every file is read to know that it is as it was. */
export type Stats = Readonly<Record<string, FileStat>>;

export interface Verdict {
  readonly intact: boolean;
  /** What is not as it was: the first that was found. */
  readonly touched?: string;
  /** Whether something had to be read, because its stat was not known, or too young to tell. */
  readonly reread: boolean;
  readonly stats: Stats;
}

/**
 * Whether everything sealed is there as it was. A file's stat counts where it was taken well after the file was last
 * changed: within one tick of the file system's clock a second change leaves the stat as it is (Git, "racy git").
 *
 * @param takenMs when the stats were taken, by the same file system's clock
 */
export function verify(root: string, seals: Seals, known: Stats, takenMs: number): Verdict {
  const stats: Record<string, FileStat> = {};
  let reread = false;
  for (const [name, seal] of Object.entries(seals)) {
    const file = path.join(root, name);
    const isFolder = name.endsWith("/");
    const stat = fs.lstatSync(file, { throwIfNoEntry: false });
    if (stat === undefined || !(isFolder ? stat.isDirectory() : stat.isFile()))
      return { intact: false, touched: name, reread, stats };
    const now: FileStat = [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino, seal];
    stats[name] = now;
    const before = known[name];
    const isKnown = before !== undefined && now.every((value, index) => value === before[index]);
    if (isKnown && stat.ctimeMs + RACY_MS < takenMs) continue;
    reread = true;
    const content = isFolder ? namesSeal(entriesOf(file)) : digest(fs.readFileSync(file));
    if (content !== seal) return { intact: false, touched: name, reread, stats };
  }
  return { intact: true, reread, stats };
}

/** The coarsest clock of a file system that is in use (FAT). */
const RACY_MS = 2_000;
