import { codeSpan, escapeMarkdown, longestRun } from "../../text/markdown";
import { cut } from "../../text/width";
import type { Difference } from "../diff/difference";
import type { Change, Finding, Review } from "../model/change";
import type { Phrase } from "../model/phrase";
import { type Entry, entriesOf } from "../story/entries";
import { counted } from "../../text/counted";
import { visible } from "../../text/visible";
import {
  consequencesLine,
  countsLine,
  differencesOf,
  fewNames,
  foldsOf,
  type Group,
  groupsOf,
  headOf,
  impactTitles,
  NO_CHANGES,
  notesOf,
  signOf,
  verdict,
} from "./wording";

/** GitHub takes 65,536 characters; the rest is for what a pipeline writes before the review. */
export const COMMENT_LIMIT = 60_000;
/** By which a pipeline finds its own comment again, to write over it. */
export const COMMENT_MARK = "<!-- octarine-review -->";

const HEADING = "## Plan review";

export interface MarkdownOptions {
  /** @default COMMENT_LIMIT */
  readonly limit?: number;
}

/** How much of each change is told. The comment takes the fullest that fits. */
interface Detail {
  readonly differences: number;
  /** Lines of a finding before the rest is folded. */
  readonly findingDetails: number;
  /** Lines that are folded. */
  readonly folded: number;
  /** Entries of a group that are told one by one. */
  readonly changes: number;
}

const DETAILS: readonly Detail[] = [
  { differences: 60, findingDetails: 4, folded: 60, changes: 400 },
  { differences: 12, findingDetails: 4, folded: 20, changes: 200 },
  { differences: 0, findingDetails: 4, folded: 5, changes: 100 },
  { differences: 0, findingDetails: 0, folded: 0, changes: 40 },
  { differences: 0, findingDetails: 0, folded: 0, changes: 8 },
];

/** The review as a comment of a pull request, never longer than `limit`. */
export function formatMarkdown(review: Review, { limit = COMMENT_LIMIT }: MarkdownOptions = {}): string {
  for (const detail of DETAILS) {
    const comment = render(review, detail);
    if (comment.length <= limit) return comment;
  }
  const left = `\n\nThe review is too long for a comment: see the job's log, or \`npx octarine review --format html\`.\n`;
  const head = headLines(review).join("\n");
  const short = `${COMMENT_MARK}\n${HEADING}\n\n${phrase(verdict(review)).slice(0, 200)}`;
  return (head.length + left.length <= limit ? head : short) + left;
}

function render(review: Review, detail: Detail): string {
  const lines = headLines(review);
  for (const group of groupsOf(review.changes)) lines.push("", ...groupLines(group, detail));
  if (review.drift.length > 0) {
    lines.push("", `### Changed outside Terraform (${review.drift.length})`, "");
    lines.push(...told(entriesOf(review.drift), detail));
  }
  if (review.outputs.length > 0) {
    const names = review.outputs
      .slice(0, 100)
      .map(({ stack, name, action }) => `${code(`${stack}.${name}`)} (${action})`);
    lines.push("", ...folded(`Outputs that change (${review.outputs.length})`, [names.join(", ")]));
  }
  lines.push(
    "",
    ...folded(
      "What this review can't see",
      review.blindSpots.map((each) => `- ${each}`),
    ),
  );
  return `${lines.join("\n")}\n`;
}

const MOST_STACKS = 20;

function headLines(review: Review): string[] {
  const changed = review.stacks.filter(({ counts }) => countsLine(counts) !== NO_CHANGES);
  const quiet = review.stacks.length - changed.length;
  const stacks = [
    ...changed.slice(0, MOST_STACKS).map(({ stack, counts }) => `${code(stack)} ${countsLine(counts)}`),
    ...(changed.length > MOST_STACKS ? [`${changed.length - MOST_STACKS} more stacks`] : []),
    ...(quiet > 0 ? [`${counted(quiet, "stack")} without changes`] : []),
  ];
  return [
    COMMENT_MARK,
    HEADING,
    "",
    ...review.leftBehind.slice(0, 20).flatMap((each) => [`> **Left behind:** ${phrase(each)}`, ""]),
    `**${phrase(verdict(review))}** In all ${countsLine(review.counts)}.`,
    "",
    stacks.length === 0 ? "No stacks." : `${stacks.join("; ")}.`,
    ...review.warnings.slice(0, 20).flatMap((each) => ["", `> **Note:** ${phrase(each)}`]),
    ...(review.warnings.length > 20 ? ["", `> **Note:** and ${review.warnings.length - 20} more`] : []),
  ];
}

function groupLines({ impact, count, told: speaking, rest }: Group, detail: Detail): string[] {
  const title = `${impactTitles[impact]} (${count})`;
  const body = told(speaking, detail);
  const counts = foldsOf(rest)
    .slice(0, 100)
    .map(({ what, names }) => `- ${code(what)} (${names.length}): ${phrase(fewNames(names))}`);
  const differences = detail.differences > 0 ? rest.flatMap((each) => diffBlock(each, detail)) : [];
  if (impact !== "routine") return [`### ${title}`, "", ...body, ...counts];
  return folded(title, [...body, ...counts, "", ...differences]);
}

function told(entries: readonly Entry[], detail: Detail): string[] {
  const left = entries.length - detail.changes;
  const lines = entries.slice(0, detail.changes).flatMap((each) => entryLines(each, detail));
  return left > 0 ? [...lines, `- and ${left} more`] : lines;
}

function entryLines(entry: Entry, detail: Detail): string[] {
  const [first] = entry.changes;
  if (first === undefined) return [];
  return [
    `- \`${signOf(first)}\` ${phrase(headOf(entry))}`,
    ...entry.findings.flatMap((each) => findingLines(each, detail)),
    ...notesOf(first).map((note) => `  - ${code(note)}`),
    ...moreLines(entry, detail),
  ];
}

function findingLines(each: Finding, { findingDetails }: Detail): string[] {
  const left = each.details.length - findingDetails;
  return [
    `  - **${phrase(each.what)}** (\`${each.rule}\`). ${escapeMarkdown(visible(each.why))}`,
    ...each.details.slice(0, findingDetails).map((line) => `    - ${phrase(line)}`),
    ...(left > 0 && findingDetails > 0 ? [`    - and ${left} more`] : []),
    ...(each.doubt === undefined ? [] : [`    - _in doubt:_ ${phrase(each.doubt)}`]),
  ];
}

/** Whatever else is known, in one fold: further lines of findings, which resources, their differences, and what follows. */
function moreLines(entry: Entry, detail: Detail): string[] {
  const { changes, findings, consequences } = entry;
  const details = findings.flatMap((each) => each.details.slice(detail.findingDetails));
  const following = consequencesLine(entry);
  const shown = differencesOf(entry);
  const count = shown.reduce((sum, each) => sum + each.differences.length + each.differencesLeftOut, 0);
  const titles = [
    ...(details.length > 0 && detail.folded > 0 ? [`${details.length} more lines`] : []),
    ...(changes.length > 1 ? [`${changes.length} resources`] : []),
    ...(count > 0 && detail.differences > 0 ? [counted(count, "difference")] : []),
    ...(following === undefined ? [] : [`${consequences.length} that follow`]),
  ];
  if (titles.length === 0) return [];
  const list = (all: readonly Change[]) => [
    ...all.slice(0, detail.folded).map(({ stack, address }) => `- ${code(address)} in ${code(stack)}`),
    ...(all.length > detail.folded && detail.folded > 0 ? [`- and ${all.length - detail.folded} more`] : []),
  ];
  const lines = [
    ...details.slice(0, detail.folded).map((each) => `- ${phrase(each)}`),
    ...(changes.length > 1 ? list(changes) : []),
    ...(following === undefined ? [] : [`- ${phrase(following)}`, ...list(consequences)]),
    ...shown.flatMap((each) => diffLinesOf(each, detail)),
  ];
  return ["", ...folded(titles.join(", "), lines).map((line) => (line === "" ? "" : `  ${line}`)), ""];
}

/** Differences of a change that no rule has a word for, folded by itself. */
function diffBlock(change: Change, detail: Detail): string[] {
  const lines = diffLinesOf(change, detail);
  return lines.length === 0 ? [] : folded(htmlCode(change.address), lines);
}

/** In a fence that is longer than any run of backticks in it, so that nothing can end it from inside. */
function diffLinesOf(change: Change, { differences }: Detail): string[] {
  if (differences === 0 || change.differences.length === 0) return [];
  const lines = change.differences.slice(0, differences).flatMap(diffLines);
  const left = Math.max(0, change.differences.length - differences) + change.differencesLeftOut;
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return ["", `${fence}diff`, ...lines, ...(left > 0 ? [`  and ${left} more`] : []), fence];
}

function diffLines({ path, before, after }: Difference): string[] {
  return [
    ...(before === undefined ? [] : [`- ${visible(path)}: ${visible(before)}`]),
    ...(after === undefined ? [] : [`+ ${visible(path)}: ${visible(after)}`]),
  ];
}

function folded(title: string, lines: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, "", ...lines, "", "</details>"];
}

/** Characters of a value or a name that are shown. */
const MOST_CODE = 300;

export function phrase(parts: Phrase): string {
  return parts
    .map((part) => (typeof part === "string" ? escapeMarkdown(visible(part)) : code(part.code)))
    .join("");
}

/** A stranger's text as code. */
function code(text: string): string {
  return codeSpan(cut(visible(text), MOST_CODE, "..."));
}

/** Inside of an HTML block, where code marks don't work: every sign that could mean something is an entity. */
function htmlCode(text: string): string {
  const cut = [...visible(text)].slice(0, MOST_CODE);
  const safe = cut.map((each) => (/[\w .:/=-]/.test(each) ? each : `&#${each.codePointAt(0) ?? 0};`));
  return `<code>${safe.join("")}</code>`;
}
