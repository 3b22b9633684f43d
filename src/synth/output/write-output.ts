import fs from "node:fs";
import path from "node:path";
import { sealEntries, type Seals, type Stats } from "../record/seals";
import { refuseErroredStates } from "./errored-state";
import { differing } from "./differing";
import { commit, heal } from "./journal";
import { entriesOf, OutputLayout } from "./layout";
import { refuseLockedRuns, whileLocked } from "./lock";
import { readManifest, stagedManifest } from "./manifest";
import { OutputError } from "./output-error";
import { type OutputScope, type Placement, placementOf } from "./placement";
import type { MadeFiles, MadeStacks, Stages } from "./made-stacks";
import { type BuildStacks, stage } from "./stage";
import { Fault } from "../../text/errors";

export { withoutStackTraces } from "./stage";

export interface Written<Result> {
  readonly result: Result;
  /** A line for each folder that nothing makes any more and that holds what a synthesis did not put there. */
  readonly kept: readonly string[];
}

/** What lies in the folder now, for who wants to know it again. */
export interface Placed<Result> extends Written<Result> {
  readonly layout: OutputLayout;
  /** Of every file that the run made, as it made it, and of the records of all that is there. */
  readonly seals: Seals;
  /** Of what was found there as it is to be, since `begun` (`performance.now()`). */
  readonly stats: Stats;
  readonly begun: number;
}

/**
 * Synthesizes the stacks that `build` makes to `outDir`, in the layout of the cdktf CLI.
 *
 * The output is complete or as it was before: it is made in a folder of its own and moved when all of it is there. A process that
 * is killed while it moves leaves no manifest.json, and the next run finishes the move first. Folders of other owners stay
 * as they are, and so does whatever no synthesis made: Terraform's lock files, states, a user's own files. A file that is
 * as it would be written is left alone.
 *
 * @param onPlaced called while nobody else may put files into the folder
 * @throws OutputError where the folder is in use, is another program's, or holds a state that its bucket lacks
 */
export function writeOutput<Result>(
  outDir: string,
  scope: OutputScope,
  build: BuildStacks<Result>,
  onPlaced?: (placed: Placed<Result>) => void,
): Written<Result> {
  const layout = new OutputLayout(outDir);
  return writeStaged(layout, scope, (staging, stages) => stage(layout, staging, build, stages), onPlaced);
}

/**
 * As `writeOutput`, with whatever else makes the stacks and their manifest in the folder that it is given.
 *
 * @param make called a second time, to stage all, where what it left out is no longer there as it was
 */
export function writeStaged<Result>(
  layout: OutputLayout,
  scope: OutputScope,
  make: (staging: string, stages: Stages) => { readonly result: Result; readonly made?: MadeStacks },
  onPlaced?: (placed: Placed<Result>) => void,
): Written<Result> {
  refuseOtherThanFolder(layout);
  const attempt = (stages: Stages) => writeOnce(layout, scope, (staging) => make(staging, stages), onPlaced);
  // What is half in place is put there first, under the lock.
  const written = attempt(fs.existsSync(layout.journal) ? "all" : "changes") ?? attempt("all");
  if (written === undefined) throw new Fault("what left nothing out was said to be out of date");
  return written;
}

/** @returns undefined where what was made leaves out what is no longer in the folder */
function writeOnce<Result>(
  layout: OutputLayout,
  scope: OutputScope,
  make: (staging: string) => { readonly result: Result; readonly made?: MadeStacks },
  onPlaced: ((placed: Placed<Result>) => void) | undefined,
): Written<Result> | undefined {
  const staging = layout.makeStaging();
  try {
    const { result, made } = make(staging);
    const found = made?.found ?? new Map<string, MadeFiles>();
    const sealed = onPlaced === undefined ? {} : sealStacks(staging, found);
    return whileLocked(layout, () => {
      if (made?.isStill() === false) return undefined;
      const kept = place(layout, staging, scope, found);
      const seen = made?.stats(sealed) ?? { stats: {}, begun: performance.now() };
      onPlaced?.({ result, kept, layout, seals: { ...sealed, ...sealRecords(layout) }, ...seen });
      return { result, kept };
    });
  } catch (error) {
    throw withFile(error, layout.root);
  } finally {
    // Unless it is on its way: then whoever comes next needs it.
    if (!fs.existsSync(layout.journal)) fs.rmSync(staging, { recursive: true, force: true });
  }
}

/** A write that a full disk ends knows no file (Node.js, fs.writeFileSync by a descriptor): then it is told of the folder. */
function withFile(error: unknown, folder: string): unknown {
  const isNameless = error instanceof Error && "syscall" in error && !("path" in error);
  return isNameless ? Object.assign(error, { path: folder }) : error;
}

function place(
  layout: OutputLayout,
  staging: string,
  scope: OutputScope,
  found: ReadonlyMap<string, MadeFiles>,
): string[] {
  heal(layout);
  removeAbandoned(layout);
  const placement = placementOf(layout, staging, scope, found);
  refuseErroredStates(layout, [...placement.stacks, ...placement.stale]);
  refuseLockedRuns(layout, placement.owners);
  stageRecords(layout, staging, placement);
  const { place: changed, gone, inUse } = placement;
  if (changed.length + gone.length > 0 || recordsDiffer(layout, staging))
    commit(layout, { staging: path.basename(staging), place: changed, removeStacks: [...gone] });
  return inUse.map(
    ({ id, entries }) =>
      `${layout.show(layout.stack(id))} no longer belongs to a stack; it stays because of what else is in it: ${entries.join(", ")}`,
  );
}

function stageRecords(layout: OutputLayout, staging: string, placement: Placement): void {
  fs.writeFileSync(path.join(staging, path.basename(layout.made)), placement.madeText);
  const manifest = stagedManifest(staging);
  if (placement.manifestText !== undefined) fs.writeFileSync(manifest, placement.manifestText);
  // It is taken away and put back to tell that the folder is whole again; its time tells whether it is another.
  const there = fs.statSync(layout.manifest, { throwIfNoEntry: false });
  if (there !== undefined && differing(manifest, layout.manifest).length === 0)
    fs.utimesSync(manifest, there.atime, there.mtime);
}

function recordsDiffer(layout: OutputLayout, staging: string): boolean {
  const made = path.join(staging, path.basename(layout.made));
  return differing(made, layout.made).length + differing(stagedManifest(staging), layout.manifest).length > 0;
}

/** Of all files of the stacks; what else lies in a stack's own folder is not ours. */
function sealStacks(staging: string, found: ReadonlyMap<string, MadeFiles>): Seals {
  const stacks = path.join(staging, "stacks");
  const whole = entriesOf(stacks).filter((id) => !found.has(id));
  return Object.assign(
    {},
    ...whole.map((id) => {
      const folder = path.join(stacks, id);
      return sealEntries(folder, entriesOf(folder), `stacks/${id}/`);
    }),
    ...[...found.values()].map(({ seals }) => seals),
  ) as Seals;
}

/** What the folder says of all that is in it, by this run and by others. */
function sealRecords(layout: OutputLayout): Seals {
  const own = path.basename(layout.own);
  return {
    ...sealEntries(layout.root, [path.basename(layout.manifest)], ""),
    ...sealEntries(layout.own, [path.basename(layout.made)], `${own}/`),
  };
}

/** What processes left behind that were killed while they made it. */
function removeAbandoned(layout: OutputLayout): void {
  for (const { folder, pid } of layout.stagings()) {
    if (!isRunning(pid)) fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

export function refuseOtherThanFolder(layout: OutputLayout): void {
  const stat = fs.statSync(layout.root, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory())
    throw new OutputError(`${layout.shown} is a file; name a folder with --out`);
  readManifest(layout);
}
