import { wrap } from "../text/wrap";
import type { Checklist, Status } from "./item";
import type { JudgedItem, ReadinessReport } from "./readiness";
import { checklistTitles } from "./readiness-markdown";

const WIDTH = 100;
const SHOWN = 3;
/** What asks for something first, then what is done, then what nobody can know yet. */
const ORDER: readonly Status[] = ["not met", "decision needed", "met", "not decidable before apply"];

/** The report for a terminal: what is open with its reason, the rest in a line each. */
export function readinessText({ target, asOf, counts, items }: ReadinessReport): string {
  const summary = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  const lists: readonly Checklist[] = ["networking", "enterprise"];
  return [
    ...wrap(`${target}: ${summary.join(", ")} (as of ${asOf})`, WIDTH),
    ...lists.flatMap((list) => ["", checklistTitles[list], ...ordered(items, list).flatMap(itemLines)]),
  ].join("\n");
}

function ordered(items: readonly JudgedItem[], list: Checklist): readonly JudgedItem[] {
  return ORDER.flatMap((status) => items.filter((each) => each.list === list && each.status === status));
}

function itemLines({ number, group, asks, status, says, evidence }: JudgedItem): readonly string[] {
  const [first = "", ...more] = wrap(`${group}: ${asks}`, WIDTH - INDENT.length);
  const head = [
    `  ${String(number).padStart(2)}  ${status.split(" before")[0]?.padEnd(15)}  ${first}`,
    ...more.map((line) => INDENT + line),
  ];
  if (status === "met" || status === "not decidable before apply") return head;
  const left = evidence.length - SHOWN;
  const where = [...evidence.slice(0, SHOWN), ...(left > 0 ? [`and ${left} more`] : [])];
  return [
    ...head,
    ...[says, ...where].flatMap((text) => wrap(text, WIDTH - INDENT.length).map((line) => INDENT + line)),
  ];
}

/** Below the text of an item. */
const INDENT = " ".repeat(23);
