import fs from "node:fs";
import path from "node:path";
import { digest } from "../../reads/reads";
import { namesSeal, type Seals } from "../record/seals";
import type { Difference } from "./differing";
import { entriesOf } from "./layout";

/** A file as a run would write it. */
export interface WantedFile {
  readonly bytes: Buffer;
  /** File to copy it from, where it is one that somebody may run. */
  readonly program?: string;
}

/** A folder as a run would write it. */
export type WantedFolder = ReadonlyMap<string, Wanted>;
export type Wanted = WantedFile | WantedFolder;

/** What lies in a folder of files, links followed, as cdktf copies it (0.21.0, lib/private/fs.ts, copySync). */
export function wantedOf(source: string): Wanted | undefined {
  const stat = fs.statSync(source);
  if (stat.isFile()) {
    const bytes = fs.readFileSync(source);
    return (stat.mode & 0o111) === 0 ? { bytes } : { bytes, program: source };
  }
  if (!stat.isDirectory()) return undefined;
  const entries = entriesOf(source).flatMap((name) => {
    const wanted = wantedOf(path.join(source, name));
    return wanted === undefined ? [] : [[name, wanted] as const];
  });
  return new Map(entries);
}

export function isFile(wanted: Wanted): wanted is WantedFile {
  return !(wanted instanceof Map);
}

/** Writes what is wanted to a path at which nothing is. */
export function write(wanted: Wanted, to: string): void {
  if (isFile(wanted)) {
    if (wanted.program === undefined) fs.writeFileSync(to, wanted.bytes);
    else fs.copyFileSync(wanted.program, to);
    return;
  }
  fs.mkdirSync(to);
  for (const [name, each] of wanted) write(each, path.join(to, name));
}

const digests = new WeakMap<WantedFile, string>();

/** As `sealEntries` of what `write` writes. */
export function addSeals(seals: Record<string, string>, wanted: Wanted, name: string): void {
  if (isFile(wanted)) {
    const known = digests.get(wanted) ?? digest(wanted.bytes);
    digests.set(wanted, known);
    seals[name] = known;
    return;
  }
  seals[`${name}/`] = namesSeal([...wanted.keys()].sort());
  for (const [each, inner] of wanted) addSeals(seals, inner, `${name}/${each}`);
}

/** What tells that nobody wrote to a file, or to the list of a folder, since it was looked at. */
export type Seen = readonly [size: number, modifiedMs: number, changedMs: number, inode: number];

export function seenAt(file: string): Seen | undefined {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  return stat === undefined ? undefined : seenOf(stat);
}

function seenOf(stat: fs.Stats): Seen {
  return [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino];
}

/**
 * Files in which what is there differs from what is wanted, as `differing` tells of what was written.
 *
 * @param seen takes what was looked at and found to be as wanted, by its path
 */
export function differingFrom(
  wanted: Wanted,
  there: string,
  file: string,
  seen: Map<string, Seen>,
): Difference[] {
  const stat = fs.lstatSync(there, { throwIfNoEntry: false });
  if (stat === undefined) return [{ file, is: "missing" }];
  if (isFile(wanted)) {
    const isSame =
      stat.isFile() && stat.size === wanted.bytes.length && fs.readFileSync(there).equals(wanted.bytes);
    if (!isSame) return [{ file, is: "different" }];
    seen.set(there, seenOf(stat));
    return [];
  }
  if (!stat.isDirectory()) return [{ file, is: "different" }];
  seen.set(there, seenOf(stat));
  return [...new Set([...wanted.keys(), ...entriesOf(there)])].sort().flatMap((name): Difference[] => {
    const inner = wanted.get(name);
    const at = path.join(file, name);
    return inner === undefined
      ? [{ file: at, is: "unexpected" }]
      : differingFrom(inner, path.join(there, name), at, seen);
  });
}

/** Seals of what a stack's folder is to hold. */
export function sealsOf(folder: WantedFolder, prefix: string): Seals {
  const seals: Record<string, string> = {};
  for (const [name, wanted] of folder) addSeals(seals, wanted, `${prefix}${name}`);
  return seals;
}
