import { wrap } from "../../text/wrap";
import type { Finding, Review } from "../model/change";
import type { Impact } from "../model/impact";
import { counted, flat, type Phrase } from "../model/phrase";
import { type Entry, entriesOf } from "../story/entries";
import { visible } from "../../text/visible";
import {
  BLIND_SPOTS_IN_SHORT,
  consequencesLine,
  countsLine,
  differenceStep,
  fewNames,
  foldsOf,
  groupsOf,
  headOf,
  impactTitles,
  NO_CHANGES,
  notesOf,
  signOf,
  untold,
  verdict,
} from "./wording";

/** Colours of a terminal, or none. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

export interface TextOptions {
  readonly paint?: Paint;
  /** @default 100 */
  readonly columns?: number;
  /** Every difference, and changes that no rule has a word for one by one. */
  readonly all?: boolean;
}

const plain = (text: string): string => text;
const noPaint: Paint = { bold: plain, dim: plain, red: plain, yellow: plain };

/** How much is told of each change. */
interface Detail {
  readonly all: boolean;
  readonly differences: number;
  /** Lines of a finding. */
  readonly details: number;
  /** Kinds of changes that no rule has a word for. */
  readonly kinds: number;
  readonly outputs: number;
}

const EVERYTHING: Detail = {
  all: true,
  differences: Infinity,
  details: Infinity,
  kinds: Infinity,
  outputs: Infinity,
};
/** The fullest that fits a screen is taken. */
const DETAILS: readonly Detail[] = [
  { all: false, differences: 4, details: 5, kinds: 4, outputs: 6 },
  { all: false, differences: 1, details: 4, kinds: 2, outputs: 3 },
  { all: false, differences: 0, details: 3, kinds: 1, outputs: 1 },
];
const SCREEN = 42;

/** The review for a terminal: what fits a screen, or everything. */
export function formatText(review: Review, options: TextOptions = {}): string {
  const { columns = 100, all = false } = options;
  const lines = [...bodyLines(review, options), ""];
  if (!all)
    return [
      ...lines,
      ...wrap(`${BLIND_SPOTS_IN_SHORT} Everything: --all.`, columns, { longWords: "broken" }),
    ].join("\n");
  const spots = review.blindSpots.flatMap((each) =>
    wrap(each, columns, { first: "- ", rest: "  ", longWords: "broken" }),
  );
  return [...lines, "What this review can't see", ...spots].join("\n");
}

/** The review without what it can't see. */
export function bodyLines(review: Review, options: TextOptions = {}): string[] {
  if (options.all === true) return linesOf(review, options, EVERYTHING);
  const forms = DETAILS.map((detail) => linesOf(review, options, detail));
  return forms.find((lines) => lines.length <= SCREEN) ?? forms.at(-1) ?? [];
}

function linesOf(review: Review, { paint = noPaint, columns = 100 }: TextOptions, detail: Detail): string[] {
  const { all } = detail;
  const into: Into = (text, first, rest = " ".repeat(first.length)) =>
    wrap(text, columns, { first, rest, longWords: "broken" });
  const lines = [
    ...review.leftBehind.flatMap((each) => into(line(each), "! ").map(paint.yellow)),
    ...into(line(verdict(review)), "").map(paint.bold),
    ...into(stacksLine(review), "  "),
    ...review.warnings.flatMap((each) => into(line(each), "! ").map(paint.yellow)),
  ];
  for (const { impact, count, told, rest } of groupsOf(review.changes, all)) {
    lines.push("", colour(impact, paint)(`${impactTitles[impact]} (${count})`));
    lines.push(...told.flatMap((each) => entryLines(each, into, paint, detail)));
    const folds = foldsOf(rest);
    for (const { what, names } of folds.slice(0, detail.kinds))
      lines.push(...into(`${visible(what)} (${names.length}): ${line(fewNames(names))}`, "  "));
    if (folds.length > detail.kinds)
      lines.push(`  and ${line(counted(folds.length - detail.kinds, "more kind"))}`);
  }
  if (review.drift.length > 0) {
    lines.push(
      "",
      paint.yellow(`Changed outside Terraform (${review.drift.length})`),
      ...entriesOf(review.drift).flatMap((each) => entryLines(each, into, paint, detail)),
    );
  }
  if (review.outputs.length > 0) {
    const names = review.outputs.map(({ stack, name, action }) => `${stack}.${name} (${action})`);
    const shown = names.slice(0, detail.outputs);
    const left = names.length - shown.length;
    const more = left > 0 ? ` and ${left} more` : "";
    lines.push("", "Outputs that other stacks may read", ...into(visible(shown.join(", ") + more), "  "));
  }
  return lines;
}

/** What each stack does; those that do nothing are counted. */
function stacksLine({ stacks }: Review): string {
  const changed = stacks.filter(({ counts }) => countsLine(counts) !== NO_CHANGES);
  const quiet = stacks.length - changed.length;
  const [only] = stacks;
  if (stacks.length === 1 && only !== undefined) return visible(`${only.stack}: ${countsLine(only.counts)}`);
  return [
    ...changed.map(({ stack, counts }) => visible(`${stack}: ${countsLine(counts)}`)),
    ...(quiet > 0 ? [`${line(counted(quiet, "stack"))} without changes`] : []),
  ].join("; ");
}

/** Wraps a text behind what stands before its first line and the others. */
type Into = (text: string, first: string, rest?: string) => readonly string[];

function entryLines(entry: Entry, into: Into, paint: Paint, detail: Detail): string[] {
  const [first] = entry.changes;
  if (first === undefined) return [];
  const lines = into(line(headOf(entry)), `${signOf(first).padEnd(3)} `, "    ").map((each) =>
    paint.bold(each),
  );
  for (const each of entry.findings) lines.push(...findingLines(each, into, paint, detail));
  for (const note of notesOf(first)) lines.push(...into(visible(note), "      "));
  lines.push(...differenceLines(entry, into, paint, detail));
  const following = consequencesLine(entry);
  if (following !== undefined) lines.push(...into(line(following), "      "));
  if (detail.all) {
    for (const { address, stack } of entry.consequences)
      lines.push(...into(visible(`${stack} ${address}`), "        "));
  }
  return lines;
}

function differenceLines(
  entry: Entry,
  into: Into,
  paint: Paint,
  { all, differences: most }: Detail,
): string[] {
  if (entry.changes.length > 1 && !all) return [];
  return entry.changes.flatMap((change) => {
    const differences = all ? change.differences : untold(change);
    const title =
      entry.changes.length > 1 ? into(visible(`${change.stack} ${change.address}`), "      ") : [];
    const shown = differences
      .slice(0, most)
      .flatMap((each) => into(visible(`${each.path}: ${differenceStep(each)}`), "      ").map(paint.dim));
    const left = Math.max(0, differences.length - most) + change.differencesLeftOut;
    return [...title, ...shown, ...(left > 0 ? [paint.dim(`      and ${left} more differences`)] : [])];
  });
}

function line(phrase: Phrase): string {
  return visible(flat(phrase));
}

function findingLines(each: Finding, into: Into, paint: Paint, { details }: Detail): string[] {
  const shown = each.details.slice(0, details);
  const left = each.details.length - shown.length;
  return [
    ...into(`${line(each.what)} [${each.rule}]`, "    ").map(colour(each.couldBe ?? each.impact, paint)),
    ...into(each.why, "      "),
    ...shown.flatMap((detail) => into(line(detail), "      - ", "        ")),
    ...(left > 0 ? [`      - and ${left} more`] : []),
    ...(each.doubt === undefined ? [] : into(`in doubt: ${line(each.doubt)}`, "      ? ", "        ")),
  ];
}

function colour(impact: Impact, paint: Paint): (text: string) => string {
  if (impact === "irreversible" || impact === "security") return paint.red;
  return impact === "routine" || impact === "none" ? plain : paint.yellow;
}
