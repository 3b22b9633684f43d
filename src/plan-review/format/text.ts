import type { Change, Finding, Review } from "../model/change";
import type { Impact } from "../model/impact";
import { flat, type Phrase } from "../model/phrase";
import {
  byGroup,
  countsLine,
  differenceStep,
  foldRest,
  impactTitles,
  notesOf,
  partition,
  signOf,
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
const FEW_DIFFERENCES = 12;

/** The review for a terminal. */
export function formatText(
  review: Review,
  { paint = noPaint, columns = 100, all = false }: TextOptions = {},
): string {
  const wrap = (text: string, first: string, rest = " ".repeat(first.length)) =>
    wrapText(text, first, rest, columns);
  const lines = [
    ...wrap(verdict(review), "").map(paint.bold),
    ...review.stacks.flatMap(({ stack, counts }) => wrap(`${visible(stack)}: ${countsLine(counts)}`, "  ")),
    ...review.warnings.flatMap((each) => wrap(visible(flat(each)), "! ").map(paint.yellow)),
  ];
  const say = (change: Change) => changeLines(change, wrap, paint, all);
  for (const [impact, changes] of byGroup(review.changes)) {
    lines.push("", colour(impact, paint)(`${impactTitles[impact]} (${changes.length})`));
    const { told, rest } = partition(changes, all);
    lines.push(...told.flatMap(say));
    for (const [what, count] of foldRest(rest))
      lines.push(...wrap(`${visible(what)}${count > 1 ? ` (${count})` : ""}`, "  "));
  }
  if (review.drift.length > 0) {
    lines.push(
      "",
      paint.yellow(`Changed outside Terraform (${review.drift.length})`),
      ...review.drift.flatMap(say),
    );
  }
  if (review.outputs.length > 0) {
    const names = review.outputs.map(({ stack, name, action }) => `${stack}.${name} (${action})`);
    lines.push("", "Outputs that other stacks may read", ...wrap(visible(names.join(", ")), "  "));
  }
  lines.push("", "What this review can't see", ...review.blindSpots.flatMap((each) => wrap(each, "- ")));
  return lines.join("\n");
}

type Wrap = (text: string, first: string, rest?: string) => string[];

function changeLines(change: Change, wrap: Wrap, paint: Paint, all: boolean): string[] {
  const head = `${change.stack} ${change.address}`;
  const lines = wrap(visible(head), `${signOf(change).padEnd(3)} `, "    ").map((line) => paint.bold(line));
  for (const each of change.findings) lines.push(...findingLines(each, wrap, paint));
  for (const note of notesOf(change)) lines.push(...wrap(visible(note), "      "));
  const most = all ? change.differences.length : FEW_DIFFERENCES;
  for (const each of change.differences.slice(0, most))
    lines.push(...wrap(visible(`${each.path}: ${differenceStep(each)}`), "      ").map(paint.dim));
  const left = Math.max(0, change.differences.length - most) + change.differencesLeftOut;
  if (left > 0) lines.push(paint.dim(`      and ${left} more differences`));
  return lines;
}

function findingLines(each: Finding, wrap: Wrap, paint: Paint): string[] {
  const line = (phrase: Phrase) => visible(flat(phrase));
  return [
    ...wrap(`${line(each.what)} [${each.rule}]`, "    ").map(colour(each.couldBe ?? each.impact, paint)),
    ...wrap(each.why, "      "),
    ...each.details.flatMap((detail) => wrap(line(detail), "      - ", "        ")),
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
