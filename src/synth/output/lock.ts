import fs from "node:fs";
import path from "node:path";
import { LockFile } from "@rushstack/node-core-library/lib/LockFile";
import { z } from "zod";
import { entriesOf, type OutputLayout } from "./layout";
import { readJson } from "./made";
import { OutputError } from "./output-error";

/** Held for the moment in which files are put in place. */
const FOLDER = "folder";
const WAIT_MS = 60_000;
const STEP_MS = 50;

const holderSchema = z.object({ pid: z.number(), what: z.string(), since: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** A lock on a target's folders, for as long as Terraform works in them. */
export interface RunLock {
  release(): void;
}

/** Lock files that this process holds: they don't stand in its own way. */
const heldHere = new Set<string>();

/**
 * Locks a target's folders for a run of Terraform. A lock of a process that is gone counts for nothing.
 *
 * @param owner `prod/us-east-1`
 * @param what the command, as others are told of it
 * @throws OutputError where another process has the lock; it says which, and since when
 */
export function lockRun(layout: OutputLayout, owner: string, what: string): RunLock {
  const name = lockName(owner);
  const lock = LockFile.tryAcquire(layout.locks, name);
  if (lock === undefined) throw busy(layout, owner);
  const note = noteFile(layout, name);
  fs.writeFileSync(note, JSON.stringify({ pid: process.pid, what, since: new Date().toISOString() }));
  heldHere.add(lock.filePath);
  let held = true;
  const release = () => {
    if (!held) return;
    held = false;
    process.off("exit", release);
    heldHere.delete(lock.filePath);
    fs.rmSync(note, { force: true });
    lock.release(true);
  };
  process.on("exit", release);
  return { release };
}

/**
 * Refuses to change folders in which another process has Terraform at work.
 *
 * @throws OutputError with the first such target
 */
export function refuseLockedRuns(layout: OutputLayout, owners: Iterable<string>): void {
  const present = entriesOf(layout.locks);
  for (const owner of owners) {
    const name = lockName(owner);
    const others = present.filter(
      (file) => file.startsWith(`${name}#`) && !heldHere.has(path.join(layout.locks, file)),
    );
    if (others.length === 0) continue;
    const lock = LockFile.tryAcquire(layout.locks, name);
    if (lock === undefined) throw busy(layout, owner);
    lock.release(true);
  }
}

/**
 * Does something while no other process puts files into the folder; waits for one that does.
 *
 * @throws OutputError where it does not end within a minute
 */
export function whileLocked<Result>(layout: OutputLayout, work: () => Result): Result {
  const until = Date.now() + WAIT_MS;
  let lock = LockFile.tryAcquire(layout.locks, FOLDER);
  while (lock === undefined) {
    if (Date.now() > until)
      throw new OutputError(
        `${layout.shown} has been written by another process (${holders(layout)}) for over a minute; wait for it, or name` +
          " another folder with --out",
      );
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
    lock = LockFile.tryAcquire(layout.locks, FOLDER);
  }
  try {
    return work();
  } finally {
    lock.release(true);
  }
}

function busy(layout: OutputLayout, owner: string): OutputError {
  const holder = holderSchema.safeParse(readJson(noteFile(layout, lockName(owner))));
  const who = holder.success ? describe(holder.data) : "another process";
  return new OutputError(
    `${owner} is in use in ${layout.shown}: ${who}; wait until it has ended. A synthesis alone can go elsewhere, with --out`,
  );
}

function describe({ pid, what, since }: Holder): string {
  return `${what} (process ${pid}) has worked in it since ${since.slice(0, 16).replace("T", " ")} UTC`;
}

function holders(layout: OutputLayout): string {
  const pids = entriesOf(layout.locks).flatMap((file) => /^folder#(\d+)\.lock$/.exec(file)?.[1] ?? []);
  return pids.length === 0
    ? "unknown"
    : `process ${pids.filter((pid) => pid !== String(process.pid)).join(", ")}`;
}

function noteFile(layout: OutputLayout, name: string): string {
  return path.join(layout.locks, `${name}.json`);
}

/** Owners hold a slash; a lock's name may not. */
function lockName(owner: string): string {
  return `run.${owner.replaceAll("/", ".")}`;
}
