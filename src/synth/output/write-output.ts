import fs from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import { refuseErroredStates } from "./errored-state";
import { commit, heal, type Journal } from "./journal";
import { entriesOf, OutputLayout } from "./layout";
import { refuseLockedRuns, whileLocked } from "./lock";
import { foreignEntries, type Made, madeText, readMade } from "./made";
import { type Manifest, manifestText, readManifest, stagedManifest } from "./manifest";
import { OutputError } from "./output-error";

/** What a run makes and decides over. */
export interface OutputScope {
  /** Of a stack that the run makes: whose it is, such as `prod/us-east-1`. */
  readonly ownerOf: (stack: string) => string;
  /** Whether stacks of an owner that the run does not make are no longer wanted. */
  readonly decidesOver: (owner: string) => boolean;
}

export interface Written<Result> {
  readonly result: Result;
  /** A line for each folder that nothing makes any more and that holds what a synthesis did not put there. */
  readonly kept: readonly string[];
}

/**
 * Synthesizes the stacks that `build` makes to `outDir`, in the layout of the cdktf CLI.
 *
 * The output is complete or as it was before: it is made in a folder of its own and moved when all of it is there. A process that
 * is killed while it moves leaves no manifest.json, and the next run finishes the move first. Folders of other owners stay
 * as they are, and so does whatever no synthesis made: Terraform's lock files, states, a user's own files.
 *
 * @throws OutputError where the folder is in use, is another program's, or holds a state that its bucket lacks
 */
export function writeOutput<Result>(
  outDir: string,
  scope: OutputScope,
  build: (app: App) => Result,
): Written<Result> {
  const layout = new OutputLayout(outDir);
  refuseOtherThanFolder(layout);
  const staging = layout.makeStaging();
  try {
    const result = withoutStackTraces(() => {
      const app = new App({ outdir: staging });
      const built = build(app);
      app.synth();
      return built;
    });
    return { result, kept: whileLocked(layout, () => place(layout, staging, scope)) };
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

function place(layout: OutputLayout, staging: string, scope: OutputScope): string[] {
  heal(layout);
  removeAbandoned(layout);
  const before = readMade(layout);
  const manifest = readManifest(layout);
  const staged = readManifest(layout, stagedManifest(staging));
  if (staged === undefined) throw new TypeError("a synthesis wrote no manifest");
  const stacks = entriesOf(path.join(staging, "stacks"));
  const stale = Object.keys(before).filter(
    (id) => !stacks.includes(id) && scope.decidesOver(before[id]?.owner ?? ""),
  );
  refuseErroredStates(layout, [...stacks, ...stale]);
  refuseLockedRuns(
    layout,
    new Set([...stacks.map(scope.ownerOf), ...stale.map((id) => before[id]?.owner ?? "")]),
  );

  const inUse = stale.filter((id) => foreignEntries(layout, id, before).length > 0);
  const gone = stale.filter((id) => !inUse.includes(id));
  const placed = stacks.map((stack) => {
    const entries = entriesOf(path.join(staging, "stacks", stack));
    const old = before[stack]?.entries ?? [];
    return { stack, entries, remove: old.filter((entry) => !entries.includes(entry)) };
  });
  const made: Made = {
    ...without(before, gone),
    ...Object.fromEntries(
      placed.map(({ stack, entries }) => [stack, { owner: scope.ownerOf(stack), entries }]),
    ),
  };
  stageRecords(layout, staging, made, staged, without(manifest?.stacks ?? {}, stale));
  const journal: Journal = { staging: path.basename(staging), place: placed, removeStacks: gone };
  commit(layout, journal);
  return inUse.map((id) => {
    const left = foreignEntries(layout, id, before).join(", ");
    return `${layout.show(layout.stack(id))} no longer belongs to a stack; it stays because of what else is in it: ${left}`;
  });
}

function stageRecords(
  layout: OutputLayout,
  staging: string,
  made: Made,
  staged: Manifest,
  others: Manifest["stacks"],
): void {
  fs.writeFileSync(path.join(staging, path.basename(layout.made)), madeText(made));
  const kept = Object.fromEntries(
    Object.entries(others).filter(([id]) => id in made && !(id in staged.stacks)),
  );
  // As cdktf wrote it, byte for byte, where there is nothing to add.
  if (Object.keys(kept).length > 0) fs.writeFileSync(stagedManifest(staging), manifestText(staged, kept));
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

function refuseOtherThanFolder(layout: OutputLayout): void {
  const stat = fs.statSync(layout.root, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory())
    throw new OutputError(`${layout.shown} is a file; name a folder with --out`);
  readManifest(layout);
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/**
 * cdktf records a stack trace for every token, which takes most of the time of a synthesis and is read by nobody
 * here (bench/synth.mjs). It sets its own limit, so the capture itself is what has to be taken away for a while.
 */
export function withoutStackTraces<Result>(work: () => Result): Result {
  const capture = Object.getOwnPropertyDescriptor(Error, "captureStackTrace");
  if (capture === undefined) return work();
  try {
    Error.captureStackTrace = () => undefined;
    return work();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", capture);
  }
}
