import path from "node:path";
import type { Read } from "../../reads/reads";
import { hasRecords, type RunRecord } from "../record/run-record";
import { verify } from "../record/seals";
import type { OutputLayout } from "./layout";
import { OutputError } from "./output-error";

/** A folder that was named, and the runs of shards that left it as it is. */
export interface RecordedPart {
  readonly folder: string;
  readonly runs: readonly RunRecord[];
}

/**
 * Refuses a part whose records tell of another folder than this one. One without any, which code of a repository made, is taken as it is.
 *
 * @throws OutputError
 */
export function refuseUnrecorded(layout: OutputLayout): void {
  if (!hasRecords(layout)) return;
  throw new OutputError(
    `${layout.shown} is not what its records in ${layout.show(layout.runs)} tell of; remove it and ${AGAIN}`,
  );
}

/**
 * Refuses a part in which a file was changed after its runs: it would be merged as if a run had written it.
 *
 * @throws OutputError with the first such file
 */
export function refuseTouched(layout: OutputLayout, runs: readonly RunRecord[]): void {
  for (const { outputs } of runs) {
    const { touched } = verify(layout.root, outputs, {}, 0);
    if (touched !== undefined)
      throw new OutputError(
        `${layout.show(path.join(layout.root, touched))} is not as it was written; ${AGAIN}`,
      );
  }
}

const AGAIN = "run synth --shard for it again";

/**
 * Refuses parts that are not those of one run: one is missing, or they were made of different files, for different days, or by
 * different programs. Of a part without a record, such as one that code of a repository made, nobody knows.
 *
 * @throws OutputError
 */
export function refuseUnlikeParts(parts: readonly RecordedPart[]): void {
  if (parts.some(({ runs }) => runs.length === 0)) return;
  const [first, ...others] = parts.flatMap(({ folder, runs }) => runs.map((run) => ({ folder, run })));
  if (first === undefined) return;
  for (const other of others) {
    const unlike = differenceOf(first.run, other.run);
    if (unlike !== undefined)
      throw new OutputError(
        `${first.folder} and ${other.folder} were made ${unlike}; run synth --shard for all parts again, at one commit`,
      );
  }
  const have = new Set([first, ...others].map(({ run }) => indexOf(run)));
  const count = countOf(first.run);
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !have.has(index));
  if (missing.length > 0)
    throw new OutputError(
      `the parts lack ${missing.map((index) => `${index}/${count}`).join(", ")}; name the folders of all ${count}`,
    );
}

function differenceOf(one: RunRecord, other: RunRecord): string | undefined {
  if (countOf(one) !== countOf(other)) return `as parts of ${countOf(one)} and of ${countOf(other)}`;
  if (one.program !== other.program) return "by different programs";
  if (one.request.asOf !== other.request.asOf) return "for different days";
  if (one.request.targets.join() !== other.request.targets.join()) return "of different targets";
  const answers = new Map(one.reads.map((read) => [questionOf(read), read.answer]));
  const read = other.reads.find((each) => (answers.get(questionOf(each)) ?? each.answer) !== each.answer);
  if (read === undefined) return undefined;
  return read.ask === "commitDay" ? "of commits of different days" : `of different ${read.path}`;
}

function questionOf({ ask, path }: Read): string {
  return `${ask} ${path}`;
}

function indexOf({ request: { shard = "1/1" } }: RunRecord): number {
  return Number(shard.split("/")[0]);
}

function countOf({ request: { shard = "1/1" } }: RunRecord): number {
  return Number(shard.split("/")[1]);
}
