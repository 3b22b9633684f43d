import fs from "node:fs";
import path from "node:path";
import { digest, type Read, type Reads } from "../../reads/reads";
import { entriesOf, type OutputLayout } from "../output/layout";
import { replaceFile } from "./replace-file";
import { type Seals, type Stats, verify } from "./seals";

/** What somebody asked of a synthesis, beside what lies in files. */
export interface RunRequest {
  /** Folder of environments and targets. */
  readonly envs: string;
  /** Targets as they were named; empty: all. */
  readonly targets: readonly string[];
  /** Day that the run was told, `YYYY-MM-DD`. */
  readonly asOf?: string;
  /** `2/3`: the second of three parts of the targets. */
  readonly shard?: string;
}

/** What a run said beside its files. */
export interface RunResult {
  /** In order; those of a target one after the other. */
  readonly stacks: readonly { readonly id: string; readonly target: string }[];
  readonly warnings: readonly string[];
}

/** What a run was made of and what it made: the same of the one gives the same of the other. */
export interface RunRecord extends RunResult {
  readonly version: typeof VERSION;
  /** Hash of the program. */
  readonly program: string;
  readonly node: string;
  readonly request: RunRequest;
  readonly reads: readonly Read[];
  /** By target: paths in `reads` that are its own or shared with others. What nobody has for itself is everybody's. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  /** Of every file that the run made, by its path in the output folder. */
  readonly outputs: Seals;
}

/** Of this form of the record: another form is of another program, and not read. */
const VERSION = 2;

/** A request as it is compared: paths by where they lead from here. */
export function plainRequest(request: RunRequest): RunRequest {
  const { envs, targets, asOf, shard } = request;
  return {
    envs: path.relative(process.cwd(), envs).split(path.sep).join("/"),
    targets: [...targets],
    ...(asOf !== undefined && { asOf }),
    ...(shard !== undefined && { shard }),
  };
}

/** What an earlier run of the same request recorded, on any day. */
export interface PriorRun {
  readonly record: RunRecord;
  readonly seal: string;
  readonly files: RecordFiles;
}

/** @param note is told why there is none */
export function priorRun(
  layout: OutputLayout,
  request: RunRequest,
  program: string,
  note: (why: string) => void = () => undefined,
): PriorRun | undefined {
  const files = recordFiles(layout, request);
  const read = readRecord(files.record);
  const none = (why: string) => (note(why), undefined);
  if (read === undefined) return none("no run is recorded, or its record was edited");
  const { record, seal } = read;
  if (record.program !== program) return none("another program made the folder");
  if (record.node !== process.version) return none(`Node.js ${record.node} made the folder`);
  const { asOf: _, ...asked } = plainRequest(request);
  const { asOf: __, ...before } = record.request;
  return JSON.stringify(asked) === JSON.stringify(before)
    ? { record, seal, files }
    : none("another folder of targets was asked for");
}

/**
 * Whether a run now would write what an earlier one wrote, and the folder has it.
 *
 * @param note is told why not
 */
export function isUnchanged(
  layout: OutputLayout,
  { record, files }: PriorRun,
  asOf: string | undefined,
  same: (reads: readonly Read[]) => boolean,
  note: (why: string) => void = () => undefined,
): boolean {
  const no = (why: string) => (note(why), false);
  if (record.request.asOf !== asOf) return no("another day was asked for");
  // A run that was interrupted is finished first, and a state that only lies here is told of.
  if (fs.existsSync(layout.journal)) return no("a run was interrupted");
  if (record.stacks.some(({ id }) => fs.existsSync(path.join(layout.stack(id), "errored.tfstate"))))
    return no("a state lies in the folder that its bucket lacks");
  if (!same(record.reads)) return no("something that the run was made of changed");
  const begun = performance.now();
  const { stats, takenMs } = readStats(files.stats);
  const verdict = verify(layout.root, record.outputs, stats, takenMs);
  if (!verdict.intact) return no(`${verdict.touched ?? ""} is not as it was written`);
  if (verdict.reread) writeStats(files.stats, { stats: verdict.stats, tookMs: performance.now() - begun });
  return true;
}

/**
 * What a run wrote before, where a run now would write the same; undefined where anything else is so: another program, request or
 * input, or a file in the folder that was touched.
 */
export function unchangedRun(
  layout: OutputLayout,
  request: RunRequest,
  program: string,
  same: (reads: readonly Read[]) => boolean,
): RunRecord | undefined {
  const prior = priorRun(layout, request, program);
  return prior !== undefined && isUnchanged(layout, prior, request.asOf, same) ? prior.record : undefined;
}

/** What a run left, for its record. */
export interface RunOutcome extends RunResult {
  readonly outputs: Seals;
  /** Of what was looked at and found as it is to be, since `begun` (`performance.now()`). */
  readonly stats: Stats;
  readonly begun: number;
}

/**
 * Written while nobody else puts files into the folder.
 *
 * @returns the record's files and its seal
 */
export function writeRecord(
  layout: OutputLayout,
  request: RunRequest,
  program: string,
  reads: Reads,
  { outputs, stacks, warnings, stats, begun }: RunOutcome,
): { readonly files: RecordFiles; readonly seal: string } {
  const files = recordFiles(layout, request);
  const targets = [...new Set(stacks.map(({ target }) => target))].sort();
  const content: RunRecord = {
    version: VERSION,
    program,
    node: process.version,
    request: plainRequest(request),
    reads: reads.all,
    inputs: Object.fromEntries(targets.map((target) => [target, reads.of(target)])),
    outputs,
    stacks,
    warnings,
  };
  fs.mkdirSync(path.dirname(files.record), { recursive: true });
  fs.rmSync(files.stats, { force: true });
  const seal = sealOf(content);
  replaceFile(files.record, `${JSON.stringify({ seal, ...content }, null, 1)}\n`);
  // What was written just now is too young to be told by its stat: those are the next run's to take.
  writeStats(files.stats, { stats, tookMs: performance.now() - begun });
  return { files, seal };
}

/** Runs that left the folder as it is: what others put there since makes them runs of another folder. */
export function runsOf(layout: OutputLayout): readonly RunRecord[] {
  const records = [path.relative(layout.root, layout.made), path.relative(layout.root, layout.manifest)];
  return recordsIn(layout)
    .flatMap((name) => readRecord(path.join(layout.runs, name))?.record ?? [])
    .filter(({ outputs }) =>
      records.every((file) => outputs[file] === contentOf(path.join(layout.root, file))),
    );
}

/** Whether any run recorded what it left in the folder, be it still there or not. */
export function hasRecords(layout: OutputLayout): boolean {
  return recordsIn(layout).length > 0;
}

function recordsIn(layout: OutputLayout): string[] {
  return entriesOf(layout.runs).filter((name) => /^[0-9a-f]+\.json$/.test(name));
}

function contentOf(file: string): string | undefined {
  return fs.existsSync(file) ? digest(fs.readFileSync(file)) : undefined;
}

/** Where a run's record lies, and what is kept beside it. */
export interface RecordFiles {
  readonly record: string;
  readonly stats: string;
  readonly targets: string;
  readonly files: string;
}

/** Of each selection one: who makes one target now and all of them then finds both unchanged. */
function recordFiles(layout: OutputLayout, { targets, shard }: RunRequest): RecordFiles {
  const name = digest(JSON.stringify([targets, shard])).slice(0, 16);
  const of = (ending: string) => path.join(layout.runs, `${name}.${ending}`);
  return { record: of("json"), stats: of("stats.json"), targets: of("targets"), files: of("files") };
}

function readRecord(file: string): { readonly record: RunRecord; readonly seal: string } | undefined {
  const { seal, ...read } = (parsed(file) ?? {}) as Partial<RunRecord & { readonly seal: string }>;
  return read.version === VERSION && seal === sealOf(read) ? { record: read as RunRecord, seal } : undefined;
}

/** A record that was edited, or merged from two of them line by line, is of no run. */
function sealOf(content: Partial<RunRecord>): string {
  return digest(JSON.stringify(content));
}

interface TakenStats {
  readonly stats: Stats;
  /** From before the first was taken until all were written. */
  readonly tookMs: number;
}

export function readStats(file: string): { stats: Stats; takenMs: number } {
  const written = fs.statSync(file, { throwIfNoEntry: false });
  const taken = parsed(file) as TakenStats | undefined;
  if (written === undefined || taken === undefined) return { stats: {}, takenMs: 0 };
  // By the file's own time: the clock of the file system that the others are compared by.
  return { stats: taken.stats, takenMs: written.mtimeMs - taken.tookMs };
}

function writeStats(file: string, taken: TakenStats): void {
  try {
    replaceFile(file, JSON.stringify(taken));
  } catch {
    // A folder that can't be written is read again in the next run.
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
