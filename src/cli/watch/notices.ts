import fs from "node:fs";
import path from "node:path";
import type { Read } from "../../reads/reads";
import { anyChanged } from "./changed-reads";

/** What the system is asked with to tell of changes in a folder; a test asks another. */
export type WatchFolder = (folder: string, heard: () => void) => { close(): void };

/** An editor writes in steps: a file beside, a rename, a second save. What follows within this is one change. */
const QUIET_MS = 80;

/** Where something else in a folder is written all the time, such as a log, nothing waits longer than this. */
const LONGEST_MS = 1_000;

/**
 * Where the system tells nothing (shares of a network, folders of Windows in WSL, of a Mac in a container, no inotify watches left),
 * everything is read again this often.
 */
const LOOK_EVERY_MS = 2_000;

/**
 * Resolves once something that was read reads otherwise, and no earlier. Each folder is watched by itself: `recursive` of Node.js 20
 * on Linux walks the whole tree, and what a run asked of the world says which folders matter.
 */
export async function changeOf(
  reads: readonly Read[],
  signal: AbortSignal,
  watch: WatchFolder = systemWatch,
): Promise<void> {
  const heard = new Bell();
  const watchers = foldersOf(reads).flatMap((folder) => begun(() => watch(folder, () => heard.ring())));
  const poll = setInterval(() => heard.ring(), LOOK_EVERY_MS);
  const stop = () => heard.ring();
  signal.addEventListener("abort", stop);
  try {
    // What was read may read as before once it is quiet again: a file that an editor moved away and back.
    while (!signal.aborted && !anyChanged(reads)) {
      await heard.next();
      const since = performance.now();
      while (performance.now() - since < LONGEST_MS && (await heard.within(QUIET_MS)));
    }
  } finally {
    clearInterval(poll);
    signal.removeEventListener("abort", stop);
    watchers.forEach((each) => each.close());
  }
}

/** Folders that hold what was read or looked for, and those above that hold them: a folder may be moved away and come back. */
function foldersOf(reads: readonly Read[]): string[] {
  const all = reads.flatMap((read) => [read.path, path.dirname(read.path)]);
  return [...new Set(all.map(nearestFolder))];
}

function nearestFolder(file: string): string {
  const isFolder = fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  const above = path.dirname(file);
  return isFolder || above === file ? file : nearestFolder(above);
}

/** What can't be watched is looked at. */
function begun(watch: () => { close(): void }): { close(): void }[] {
  try {
    return [watch()];
  } catch {
    return [];
  }
}

function systemWatch(folder: string, heard: () => void): { close(): void } {
  // A folder that is gone ends its watch by an error or a change; what was in it is looked at in both cases.
  return fs.watch(folder, heard).on("error", heard);
}

/** Rings that nobody waits for are not lost. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, or at once where it rang meanwhile. */
  async next(): Promise<void> {
    if (!this.#rung) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#rung = false;
    this.#wake = undefined;
  }

  /** Whether it rings within so many milliseconds. */
  async within(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
    const rang = await Promise.race([this.next().then(() => true), late]);
    clearTimeout(timer);
    return rang;
  }
}
