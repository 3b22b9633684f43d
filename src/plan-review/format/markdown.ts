import type { Difference } from "../diff/difference";
import type { Change, Finding, Review } from "../model/change";
import type { Impact } from "../model/impact";
import type { Phrase } from "../model/phrase";
import {
  byGroup,
  countsLine,
  foldRest,
  impactTitles,
  differenceCount,
  notesOf,
  partition,
  signOf,
  verdict,
  visible,
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
  readonly findingDetails: number;
  /** Changes of a group that are told one by one. */
  readonly changes: number;
}

const DETAILS: readonly Detail[] = [
  { differences: 60, findingDetails: 30, changes: 400 },
  { differences: 12, findingDetails: 10, changes: 200 },
  { differences: 0, findingDetails: 4, changes: 100 },
  { differences: 0, findingDetails: 0, changes: 40 },
  { differences: 0, findingDetails: 0, changes: 8 },
];

/** The review as a comment of a pull request, never longer than `limit`. */
export function formatMarkdown(review: Review, { limit = COMMENT_LIMIT }: MarkdownOptions = {}): string {
  for (const detail of DETAILS) {
    const comment = render(review, detail);
    if (comment.length <= limit) return comment;
  }
  const left = `\n\nThe review is too long for a comment: see the job's log, or \`octarine review --format html\`.\n`;
  const head = headLines(review).join("\n");
  return (
    (head.length + left.length <= limit ? head : `${COMMENT_MARK}\n${HEADING}\n\n${verdict(review)}`) + left
  );
}

function render(review: Review, detail: Detail): string {
  const lines = headLines(review);
  for (const [impact, changes] of byGroup(review.changes))
    lines.push("", ...groupLines(impact, changes, detail));
  if (review.drift.length > 0) {
    lines.push("", `### Changed outside Terraform (${review.drift.length})`, "");
    lines.push(...told(review.drift, detail));
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

function headLines(review: Review): string[] {
  return [
    COMMENT_MARK,
    HEADING,
    "",
    `**${verdict(review)}** In all ${countsLine(review.counts)}.`,
    "",
    "| stack | changes |",
    "| --- | --- |",
    ...review.stacks
      .slice(0, 60)
      .map(({ stack, counts }) => `| ${code(stack).replaceAll("|", "\\|")} | ${countsLine(counts)} |`),
    ...(review.stacks.length > 60 ? [`| and ${review.stacks.length - 60} more | |`] : []),
    ...review.warnings.slice(0, 20).flatMap((each) => ["", `> **Note:** ${phrase(each)}`]),
    ...(review.warnings.length > 20 ? ["", `> **Note:** and ${review.warnings.length - 20} more`] : []),
  ];
}

function groupLines(impact: Impact, changes: readonly Change[], detail: Detail): string[] {
  const heading = `### ${impactTitles[impact]} (${changes.length})`;
  const { told: speaking, rest } = partition(changes);
  const body = told(speaking, detail);
  const counts = foldRest(rest)
    .slice(0, 100)
    .map(([what, count]) => `- ${code(what)}${count > 1 ? ` (${count})` : ""}`);
  const differences = detail.differences > 0 ? rest.flatMap((each) => diffBlock(each, detail)) : [];
  if (impact !== "routine") return [heading, "", ...body, ...counts];
  return folded(`${impactTitles[impact]} (${changes.length})`, [...body, ...counts, "", ...differences]);
}

function told(changes: readonly Change[], detail: Detail): string[] {
  const left = changes.length - detail.changes;
  const lines = changes.slice(0, detail.changes).flatMap((each) => changeLines(each, detail));
  return left > 0 ? [...lines, `- and ${left} more`] : lines;
}

function changeLines(change: Change, detail: Detail): string[] {
  return [
    `- \`${signOf(change)}\` ${code(change.address)} in ${code(change.stack)}`,
    ...change.findings.flatMap((each) => findingLines(each, detail)),
    ...notesOf(change).map((note) => `  - ${code(note)}`),
    ...diffBlock(change, detail, "  "),
  ];
}

function findingLines(each: Finding, { findingDetails }: Detail): string[] {
  const left = each.details.length - findingDetails;
  return [
    `  - **${phrase(each.what)}** (\`${each.rule}\`). ${escapeWords(each.why)}`,
    ...each.details.slice(0, findingDetails).map((line) => `    - ${phrase(line)}`),
    ...(left > 0 && findingDetails > 0 ? [`    - and ${left} more`] : []),
    ...(each.doubt === undefined ? [] : [`    - _in doubt:_ ${phrase(each.doubt)}`]),
  ];
}

/** Differences in a fence that is longer than any run of backticks in it, so that nothing can end it from inside. */
function diffBlock(change: Change, { differences }: Detail, indent = ""): string[] {
  if (differences === 0 || change.differences.length === 0) return [];
  const lines = change.differences.slice(0, differences).flatMap(diffLines);
  const left = change.differences.length - differences + change.differencesLeftOut;
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  const body = [...lines, ...(left > 0 ? [`  and ${left} more`] : [])];
  const title =
    indent === ""
      ? htmlCode(change.address)
      : differenceCount(change.differences.length + change.differencesLeftOut);
  return [`<details><summary>${title}</summary>`, "", `${fence}diff`, ...body, fence, "", "</details>"].map(
    (line) => (line === "" ? "" : indent + line),
  );
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

function phrase(parts: Phrase): string {
  return parts.map((part) => (typeof part === "string" ? escapeWords(part) : code(part.code))).join("");
}

/** A stranger's text as code: no mark-up works in it, no mention and no link. */
function code(text: string): string {
  const shown = visible(text);
  const cut = shown.length > 300 ? `${[...shown].slice(0, 300).join("")}...` : shown;
  const fence = "`".repeat(longestRun(cut) + 1);
  const pad = cut.startsWith("`") || cut.endsWith("`") || cut.trim() === "" ? " " : "";
  return `${fence}${pad}${cut}${pad}${fence}`;
}

/** Inside of an HTML block, where code marks don't work: every sign that could mean something is an entity. */
function htmlCode(text: string): string {
  const cut = [...visible(text)].slice(0, 300);
  const safe = cut.map((each) => (/[\w .:/=-]/.test(each) ? each : `&#${each.codePointAt(0) ?? 0};`));
  return `<code>${safe.join("")}</code>`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** Words of ours; only what they may carry from outside by mistake is made harmless. */
function escapeWords(text: string): string {
  return visible(text).replace(/[\\`*_<>[\]|#@&]/g, (character) => `\\${character}`);
}
