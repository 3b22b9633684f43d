import type { Difference } from "../diff/difference";
import type { Change, Review } from "../model/change";
import { type Impact, impacts } from "../model/impact";
import type { Action } from "../read/plan";

/** Headings of the groups, the worst first. */
export const impactTitles: Readonly<Record<Impact, string>> = {
  irreversible: "Can't be undone",
  security: "Security",
  disruption: "Disruption",
  "may-replace": "May replace",
  routine: "Rest",
  none: "No change",
};

export const actionWords: Readonly<Record<Action, string>> = {
  "no-op": "unchanged",
  read: "read",
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  forget: "forget",
  unknown: "unknown",
};

/** Signs as Terraform prints them. */
export const actionSigns: Readonly<Record<Action, string>> = {
  "no-op": " ",
  read: "<=",
  create: "+",
  update: "~",
  replace: "-/+",
  delete: "-",
  forget: ".",
  unknown: "?",
};

export function signOf(change: Change): string {
  return change.action === "replace" && change.createBeforeDelete ? "+/-" : actionSigns[change.action];
}

/** `3 to create, 1 to replace`, or that nothing changes. */
export function countsLine(counts: Readonly<Record<Action, number>>): string {
  const shown: readonly Action[] = ["create", "update", "replace", "delete", "forget", "unknown"];
  const parts = shown
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} to ${actionWords[action]}`);
  return parts.length === 0 ? "no changes" : parts.join(", ");
}

/** The one line that stands on top: the worst, certain or possible. */
export function verdict(review: Review): string {
  if (review.changes.length === 0 && review.drift.length === 0)
    return review.outputs.length === 0 ? "Nothing changes." : "Only outputs change.";
  const certain = sentences[review.impact];
  if (review.couldBe === review.impact) return certain;
  return `${certain} ${possible[review.couldBe]}`;
}

const sentences: Readonly<Record<Impact, string>> = {
  irreversible: "Stop: something here can't be undone.",
  security: "Changes what is reachable, permitted or recorded.",
  disruption: "Interrupts something that works now.",
  "may-replace": "Planned as updates only.",
  routine: "Nothing here that the rules know as a risk.",
  none: "Nothing changes.",
};

const possible: Readonly<Record<Impact, string>> = {
  irreversible: "It may turn out to be something that can't be undone.",
  security: "It may turn out to change security.",
  disruption: "It may turn out to interrupt something.",
  "may-replace": "It may turn out to replace something.",
  routine: "",
  none: "",
};

/** Changes by the worst that they can be, the worst first; groups without any are left out. */
export function byGroup(changes: readonly Change[]): (readonly [Impact, readonly Change[]])[] {
  return impacts
    .map((impact) => [impact, changes.filter(({ couldBe }) => couldBe === impact)] as const)
    .filter(([, group]) => group.length > 0);
}

/** Changes that no rule had a word for, by action and type: what is folded. */
export function foldRest(changes: readonly Change[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { action, type, placeholders } of changes) {
    const key = `${actionWords[action]} ${type}${placeholders.length > 0 ? ", with placeholders" : ""}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : a > b ? 1 : 0));
}

/** Changes to tell one by one, and those that no rule and no note has a word for. */
export function partition(
  changes: readonly Change[],
  all = false,
): { told: readonly Change[]; rest: readonly Change[] } {
  const speaks = (each: Change) => all || each.findings.length > 0 || newsOf(each).length > 0;
  return { told: changes.filter(speaks), rest: changes.filter((each) => !speaks(each)) };
}

/** `old -> new`, or what comes or goes. */
export function differenceStep({ before, after }: Difference): string {
  if (before === undefined) return `+ ${after ?? ""}`;
  return after === undefined ? `- ${before}` : `${before} -> ${after}`;
}

export function differenceCount(count: number): string {
  return `${count} difference${count === 1 ? "" : "s"}`;
}

/** Notes that belong to a change whatever the rules say. */
export function notesOf(change: Change): string[] {
  const { placeholders } = change;
  return [
    ...newsOf(change),
    ...(placeholders.length === 0 ? [] : [`placeholders in ${placeholders.join(", ")}`]),
  ];
}

/** Notes for which a change is told on its own. */
function newsOf(change: Change): string[] {
  return [
    ...(change.movedFrom === undefined ? [] : [`moved from ${change.movedFrom}`]),
    ...(change.imported ? ["imported"] : []),
    ...(change.replacedBecause.length === 0
      ? []
      : [`replaced because of ${change.replacedBecause.join(", ")}`]),
  ];
}

/**
 * A stranger's text on one line, with nothing that moves a cursor, hides text or turns it round: control characters,
 * bidirectional marks and zero-width characters are shown by number.
 */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    (character) => (character === "\n" ? " " : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
