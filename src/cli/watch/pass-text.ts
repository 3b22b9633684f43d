import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import { differences, type FileChange } from "./changed-reads";
import type { Pass } from "./pass";

/** What a pass says: all of the first, and of each later one what is other than before; empty where nothing is. */
export function passText(pass: Pass, before: Pass | undefined, changes: readonly FileChange[]): string {
  const rows = before === undefined ? firstRows(pass) : laterRows(pass, before, changes);
  if (before !== undefined && rows.length === 0) return "";
  return [...(rows.length > 0 ? [table(rows)] : []), closing(pass, before)].join("\n");
}

type Row = readonly [string, string];

function firstRows({ problems, warnings }: Pass): Row[] {
  return [
    ...problems.map((each): Row => ["problem", each]),
    ...warnings.map((each): Row => ["warning", each]),
  ];
}

function laterRows(pass: Pass, before: Pass, changes: readonly FileChange[]): Row[] {
  const appeared = without(pass.problems, before.problems);
  // A file that can't be read hides what else is wrong in it, and configuration that is wrong what stacks would be.
  const gone = appeared.length === 0 ? "mended" : "not seen";
  return [
    ...changes.map(({ is, file }): Row => [is, file]),
    ...fewOf(madeBetween(before, pass)),
    ...without(before.problems, pass.problems).map((each): Row => [gone, each]),
    ...appeared.map((each): Row => ["problem", each]),
    ...without(before.warnings, pass.warnings).map((each): Row => ["mended", each]),
    ...without(pass.warnings, before.warnings).map((each): Row => ["warning", each]),
  ];
}

/** What of the files that a command makes is other than before; a pass that failed left them as they were. */
function madeBetween({ outputs: before }: Pass, { outputs: after }: Pass): Row[] {
  if (before === undefined || after === undefined) return [];
  return differences(before, after).map(({ file, is }) => [is === "gone" ? "removed" : "written", file]);
}

function closing({ problems, summary }: Pass, before: Pass | undefined): string {
  if (problems.length === 0) return summary;
  const others =
    before === undefined || before.problems.length === problems.length
      ? ""
      : `, ${before.problems.length} before`;
  return `${counted(problems.length, "problem")}${others}`;
}

/**
 * Lines of one that the other has not, wherever they are in a file: a line that was put in above moves all below. Nor does a
 * warning become another one by the targets that it is about.
 */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map(withoutPlace));
  return lines.filter((line) => !known.has(withoutPlace(line)));
}

function withoutPlace(line: string): string {
  return line.replace(/^([^ ]+?):\d+:\d+ /, "$1 ").replace(/ \([^()]*; waiver: [^()]*\)$/, "");
}

const SHOWN = 20;

/** Nobody reads five hundred. */
function fewOf(rows: readonly Row[]): Row[] {
  const more = rows.length - SHOWN;
  return more <= 1 ? [...rows] : [...rows.slice(0, SHOWN), ["", `and ${counted(more, "file")} more`]];
}
