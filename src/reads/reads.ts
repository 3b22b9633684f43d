import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";

/**
 * What a run asks the world of, each with one way to answer it as text. A configuration leads to files by these questions and
 * by nothing else, so whoever asks all of them again and hears the same knows that nothing changed.
 */
const asks = {
  /** The content of a file. */
  bytes: (file: string) => digest(fs.readFileSync(file)),
  /** Names in a folder. */
  names: (folder: string) => digest(JSON.stringify(fs.readdirSync(folder).sort())),
  /** What lies at a path, links followed. */
  kind: (file: string) => kindAt(file),
  /** Day of the last commit that the folder is in; empty without one. */
  commitDay: (folder: string) => lastCommitDay(folder),
} as const satisfies Record<string, (path: string) => string>;

export type Ask = keyof typeof asks;

/** A question and what it was answered: a hash, a word, or the code of the system's error. */
export interface Read {
  /** Relative to the folder that the run was in, with forward slashes. */
  readonly path: string;
  readonly ask: Ask;
  readonly answer: string;
}

/** What a run read, and for whom. */
export class Reads {
  readonly #reads = new Map<string, Read>();
  readonly #byOwner = new Map<string, Set<string>>();
  #changed = false;

  /** In order of paths. */
  get all(): readonly Read[] {
    return [...this.#reads.values()].sort(byPath);
  }

  /** Paths that were read for an owner alone or with others, in order. */
  of(owner: string): readonly string[] {
    return [...(this.#byOwner.get(owner) ?? [])].sort();
  }

  /** Whether something was read twice that changed in between: then nobody knows what the run was made of. */
  get changedMeanwhile(): boolean {
    return this.#changed;
  }

  add(read: Read, owners: readonly string[]): void {
    const key = `${read.ask} ${read.path}`;
    const known = this.#reads.get(key);
    if (known !== undefined && known.answer !== read.answer) this.#changed = true;
    this.#reads.set(key, read);
    this.share(read.path, owners);
  }

  /** Tells that what was read already is read for others, too. */
  share(file: string, owners: readonly string[]): void {
    for (const owner of owners) {
      const paths = this.#byOwner.get(owner) ?? new Set();
      this.#byOwner.set(owner, paths.add(file));
    }
  }
}

// Whoever records is told by readers far below it, which take paths and nothing else. A run is one after the other, so there is
// one of them at a time.
let recorder: Reads | undefined;
let owners: readonly string[] = [];

/** Does something, and records what is read for it. */
export function recordReads<Result>(reads: Reads, work: () => Result): Result {
  const before = recorder;
  recorder = reads;
  try {
    return work();
  } finally {
    recorder = before;
  }
}

/** Does something of which the reads are an owner's, such as a target. */
export function readFor<Result>(owner: string, work: () => Result): Result {
  const before = owners;
  owners = [...before, owner];
  try {
    return work();
  } finally {
    owners = before;
  }
}

/** @throws what Node.js throws where there is no file that can be read */
export function readBytes(file: string): Buffer {
  return noting("bytes", file, () => fs.readFileSync(file), digest);
}

/** As `readBytes`, of UTF-8. */
export function readText(file: string): string {
  return readBytes(file).toString("utf8");
}

/** For who keeps what was read for others, too: tells that the owner of the moment has read it. */
export function readAgain(file: string): void {
  recorder?.share(relative(file), owners);
}

/**
 * Names in a folder, sorted.
 *
 * @throws what Node.js throws where there is no folder that can be read
 */
export function namesIn(folder: string): readonly string[] {
  const list = () => fs.readdirSync(folder).sort();
  return noting("names", folder, list, (names) => digest(JSON.stringify(names)));
}

export type FileKind = "file" | "folder" | "other";

/**
 * What lies at a path, links followed.
 *
 * @throws what Node.js throws where nothing does
 */
export function kindOf(file: string): FileKind {
  return noting(
    "kind",
    file,
    () => kindAt(file),
    (kind) => kind,
  );
}

/** Whether anything lies at a path, links followed. */
export function exists(file: string): boolean {
  try {
    kindOf(file);
    return true;
  } catch {
    return false;
  }
}

/** `YYYY-MM-DD` of the last commit of the repository that the folder is in; undefined without one. */
export function commitDay(folder: string): string | undefined {
  const day = noting(
    "commitDay",
    folder,
    () => lastCommitDay(folder),
    (text) => text,
  );
  return day === "" ? undefined : day;
}

/** Whether every question has the answer that it had. */
export function areSame(reads: readonly Read[]): boolean {
  return reads.every(({ ask, path: file, answer }) => answerOf(() => asks[ask](file)) === answer);
}

function noting<Value>(ask: Ask, file: string, read: () => Value, answer: (value: Value) => string): Value {
  if (recorder === undefined) return read();
  const note = (text: string) => recorder?.add({ path: relative(file), ask, answer: text }, owners);
  try {
    const value = read();
    note(answer(value));
    return value;
  } catch (error) {
    note(codeOf(error));
    throw error;
  }
}

function answerOf(ask: () => string): string {
  try {
    return ask();
  } catch (error) {
    return codeOf(error);
  }
}

/** What a system's error is written down as; what is no system's error is nobody's answer. */
function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `!${code}`;
}

function kindAt(file: string): FileKind {
  const stat = fs.statSync(file);
  return stat.isDirectory() ? "folder" : stat.isFile() ? "file" : "other";
}

function lastCommitDay(cwd: string): string {
  const { status, stdout } = spawnSync("git", ["log", "-1", "--format=%cs"], { cwd, encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}

export function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function relative(file: string): string {
  return path.relative(process.cwd(), file).split(path.sep).join("/") || ".";
}

function byPath(a: Read, b: Read): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.ask < b.ask ? -1 : 1;
}
