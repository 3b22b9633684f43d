import type { Finding, Review } from "../model/change";
import type { Impact } from "../model/impact";
import { counted, flat, type Phrase } from "../model/phrase";
import { type Entry, entriesOf } from "../story/entries";
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
  visible,
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
    return [...lines, ...wrapText(`${BLIND_SPOTS_IN_SHORT} Everything: --all.`, "", "", columns)].join("\n");
  const spots = review.blindSpots.flatMap((each) => wrapText(each, "- ", "  ", columns));
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
  const wrap = (text: string, first: string, rest = " ".repeat(first.length)) =>
    wrapText(text, first, rest, columns);
  const lines = [
    ...review.leftBehind.flatMap((each) => wrap(line(each), "! ").map(paint.yellow)),
    ...wrap(line(verdict(review)), "").map(paint.bold),
    ...wrap(stacksLine(review), "  "),
    ...review.warnings.flatMap((each) => wrap(line(each), "! ").map(paint.yellow)),
  ];
  for (const { impact, count, told, rest } of groupsOf(review.changes, all)) {
    lines.push("", colour(impact, paint)(`${impactTitles[impact]} (${count})`));
    lines.push(...told.flatMap((each) => entryLines(each, wrap, paint, detail)));
    const folds = foldsOf(rest);
    for (const { what, names } of folds.slice(0, detail.kinds))
      lines.push(...wrap(`${visible(what)} (${names.length}): ${line(fewNames(names))}`, "  "));
    if (folds.length > detail.kinds)
      lines.push(`  and ${line(counted(folds.length - detail.kinds, "more kind"))}`);
  }
  if (review.drift.length > 0) {
    lines.push(
      "",
      paint.yellow(`Changed outside Terraform (${review.drift.length})`),
      ...entriesOf(review.drift).flatMap((each) => entryLines(each, wrap, paint, detail)),
    );
  }
  if (review.outputs.length > 0) {
    const names = review.outputs.map(({ stack, name, action }) => `${stack}.${name} (${action})`);
    const shown = names.slice(0, detail.outputs);
    const left = names.length - shown.length;
    const more = left > 0 ? ` and ${left} more` : "";
    lines.push("", "Outputs that other stacks may read", ...wrap(visible(shown.join(", ") + more), "  "));
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

type Wrap = (text: string, first: string, rest?: string) => string[];

function entryLines(entry: Entry, wrap: Wrap, paint: Paint, detail: Detail): string[] {
  const [first] = entry.changes;
  if (first === undefined) return [];
  const lines = wrap(line(headOf(entry)), `${signOf(first).padEnd(3)} `, "    ").map((each) =>
    paint.bold(each),
  );
  for (const each of entry.findings) lines.push(...findingLines(each, wrap, paint, detail));
  for (const note of notesOf(first)) lines.push(...wrap(visible(note), "      "));
  lines.push(...differenceLines(entry, wrap, paint, detail));
  const following = consequencesLine(entry);
  if (following !== undefined) lines.push(...wrap(line(following), "      "));
  if (detail.all) {
    for (const { address, stack } of entry.consequences)
      lines.push(...wrap(visible(`${stack} ${address}`), "        "));
  }
  return lines;
}

function differenceLines(
  entry: Entry,
  wrap: Wrap,
  paint: Paint,
  { all, differences: most }: Detail,
): string[] {
  if (entry.changes.length > 1 && !all) return [];
  return entry.changes.flatMap((change) => {
    const differences = all ? change.differences : untold(change);
    const title =
      entry.changes.length > 1 ? wrap(visible(`${change.stack} ${change.address}`), "      ") : [];
    const shown = differences
      .slice(0, most)
      .flatMap((each) => wrap(visible(`${each.path}: ${differenceStep(each)}`), "      ").map(paint.dim));
    const left = Math.max(0, differences.length - most) + change.differencesLeftOut;
    return [...title, ...shown, ...(left > 0 ? [paint.dim(`      and ${left} more differences`)] : [])];
  });
}

function line(phrase: Phrase): string {
  return visible(flat(phrase));
}

function findingLines(each: Finding, wrap: Wrap, paint: Paint, { details }: Detail): string[] {
  const shown = each.details.slice(0, details);
  const left = each.details.length - shown.length;
  return [
    ...wrap(`${line(each.what)} [${each.rule}]`, "    ").map(colour(each.couldBe ?? each.impact, paint)),
    ...wrap(each.why, "      "),
    ...shown.flatMap((detail) => wrap(line(detail), "      - ", "        ")),
    ...(left > 0 ? [`      - and ${left} more`] : []),
    ...(each.doubt === undefined ? [] : wrap(`in doubt: ${line(each.doubt)}`, "      ? ", "        ")),
  ];
}

function colour(impact: Impact, paint: Paint): (text: string) => string {
  if (impact === "irreversible" || impact === "security") return paint.red;
  return impact === "routine" || impact === "none" ? plain : paint.yellow;
}

/** Lines of at most `columns`; a word that is longer is cut. */
function wrapText(text: string, first: string, rest: string, columns: number): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  const flush = () => {
    lines.push(line.trimEnd());
    line = rest;
    isEmpty = true;
  };
  for (const word of text.split(" ")) {
    let left = [...word];
    while (left.length > 0) {
      const space = isEmpty ? "" : " ";
      if ([...line].length + space.length + left.length <= columns) {
        line += space + left.join("");
        left = [];
        isEmpty = false;
      } else if (!isEmpty) flush();
      else {
        const room = Math.max(1, columns - line.length);
        line += left.slice(0, room).join("");
        left = left.slice(room);
        flush();
      }
    }
  }
  if (!isEmpty || lines.length === 0) flush();
  return lines;
}
