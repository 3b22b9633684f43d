import type { Difference } from "../diff/difference";
import type { Change, Review } from "../model/change";
import { type Impact, impacts } from "../model/impact";
import { flat, listed, type Phrase, say, words } from "../model/phrase";
import type { Action } from "../read/plan";
import { type Entry, entriesOf } from "../story/entries";

/** Headings of the groups, the worst first. */
export const impactTitles: Readonly<Record<Impact, string>> = {
  irreversible: "Can't be undone",
  security: "Security",
  disruption: "Disruption",
  "may-replace": "May replace",
  routine: "No risk that the rules know of",
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

export const NO_CHANGES = "no changes";

/** `3 to create, 1 to replace`, or that nothing changes. */
export function countsLine(counts: Readonly<Record<Action, number>>): string {
  const shown: readonly Action[] = ["create", "update", "replace", "delete", "forget", "unknown"];
  const parts = shown
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} to ${actionWords[action]}`);
  return parts.length === 0 ? NO_CHANGES : parts.join(", ");
}

/** The one line that stands on top: how bad it is, and the worst of it. */
export function verdict(review: Review): Phrase {
  if (review.changes.length === 0 && review.drift.length === 0) {
    if (review.stopped.length > 0)
      return say`Not known: planning stopped at an error in ${listed(review.stopped, 5)}.`;
    // What is left behind stands above it.
    const nothing = review.leftBehind.length === 0 ? "Nothing changes." : "Nothing else changes.";
    return words(review.outputs.length === 0 ? nothing : "Only outputs change.");
  }
  const { couldBe, impact } = review;
  const says = couldBe === impact ? sentences[couldBe] : possible[couldBe];
  const worst = worstOf(review);
  return worst === undefined ? words(`${says}.`) : say`${words(`${says}: `)}${worst}.`;
}

/** What the first finding of the worst says, of all that it is true of. */
function worstOf({ changes, drift, couldBe }: Review): Phrase | undefined {
  if (couldBe === "routine" || couldBe === "none") return undefined;
  const [first] = entriesOf([...changes, ...drift].filter((each) => each.couldBe === couldBe));
  return first?.findings[0]?.what;
}

const sentences: Readonly<Record<Impact, string>> = {
  irreversible: "Stop, this can't be undone",
  security: "Changes what is reachable, permitted or recorded",
  disruption: "Interrupts something that works now",
  "may-replace": "May replace something",
  routine: "Nothing here that the rules know to be a risk",
  none: "Nothing changes",
};

const possible: Readonly<Record<Impact, string>> = {
  ...sentences,
  irreversible: "Stop, this may be impossible to undo",
  security: "May change what is reachable, permitted or recorded",
  disruption: "May interrupt something that works now",
};

export interface Group {
  readonly impact: Impact;
  /** Of all changes, also those that are told under their cause. */
  readonly count: number;
  /** Told one by one. */
  readonly told: readonly Entry[];
  /** Changes that no rule and no note has a word for. */
  readonly rest: readonly Change[];
}

/**
 * What is told, by the worst that it can be; groups without any are left out.
 *
 * @param all also tells one by one what no rule has a word for
 */
export function groupsOf(changes: readonly Change[], all = false): Group[] {
  const entries = entriesOf(changes);
  return impacts.flatMap((impact): Group[] => {
    const here = entries.filter(({ changes: [first] }) => first?.couldBe === impact);
    if (here.length === 0) return [];
    const speaks = ({ changes: [first] }: Entry) =>
      first !== undefined &&
      (all || (first.findings.length > 0 && impact !== "routine") || newsOf(first).length > 0);
    return [
      {
        impact,
        count: here.reduce((sum, each) => sum + each.changes.length + each.consequences.length, 0),
        told: here.filter(speaks),
        rest: here.filter((each) => !speaks(each)).flatMap((each) => [...each.changes, ...each.consequences]),
      },
    ];
  });
}

/** `create aws_subnet`, and the names of all that are. */
export interface Fold {
  readonly what: string;
  readonly names: readonly string[];
}

/** Changes by action and type, with their names. */
export function foldsOf(changes: readonly Change[]): Fold[] {
  const folds = new Map<string, string[]>();
  for (const { action, type, address, placeholders } of changes) {
    const what = `${actionWords[action]} ${type}${placeholders.length > 0 ? ", with placeholders" : ""}`;
    folds.set(what, [...(folds.get(what) ?? []), nameIn(address, type)]);
  }
  return [...folds]
    .map(([what, names]) => ({ what, names }))
    .sort((a, b) => b.names.length - a.names.length || (a.what < b.what ? -1 : a.what > b.what ? 1 : 0));
}

/** The address without what the type says already. */
function nameIn(address: string, type: string): string {
  return address
    .replace(`${type}.`, "")
    .replace(/^module\./, "")
    .replace(/\.this\[0\]$/, "");
}

const FEW_NAMES = 4;

/** Names on one line, and how many more there are. */
export function fewNames(names: readonly string[]): Phrase {
  return listed([...new Set(names)], FEW_NAMES);
}

/** `9 aws_kms_key in prod-network and prod-cluster`, or the one that it is. */
export function headOf({ changes }: Entry): Phrase {
  const [first] = changes;
  if (first === undefined) return [];
  const stacks = listed([...new Set(changes.map(({ stack }) => stack))], FEW_NAMES);
  if (changes.length === 1) return say`${first.address} in ${stacks}`;
  const types = [...new Set(changes.map(({ type }) => type))];
  return say`${changes.length} ${listed(types, 3)} in ${stacks}`;
}

/** `5 more follow: 3 aws_cloudwatch_metric_alarm, 2 aws_iam_role`; undefined without any. */
export function consequencesLine({ consequences }: Entry): Phrase | undefined {
  if (consequences.length === 0) return undefined;
  const kinds = foldsOf(consequences).map(({ what, names }) => `${names.length} to ${what}`);
  return say`${consequences.length} more ${words(consequences.length === 1 ? "follows" : "follow")}: ${listed(kinds, 3)}`;
}

/** Changes whose differences are shown with the entry: its own. */
export function differencesOf({ changes }: Entry): readonly Change[] {
  return changes.filter(({ differences }) => differences.length > 0);
}

/** Differences that the change's findings have not told already, by both of their values. */
export function untold({ differences, findings }: Change): readonly Difference[] {
  const told = findings.flatMap(({ what, details }) => [what, ...details].map(flat)).join("\n");
  return differences.filter(({ path, before, after }) => {
    const name = /[^.[\]" ]+(?=[\]"]*$)/.exec(path)?.[0] ?? path;
    const values = [before, after].filter((each) => each !== undefined);
    const item = /\[([^\]]{4,})\](?!.*\])/.exec(path)?.[1];
    if (item !== undefined && values.length === 1 && told.includes(item)) return false;
    const known = values.every((each) => told.includes(each));
    return !known || (values.some((each) => each.length < 6) && !told.includes(name));
  });
}

/** Blind spots on one line, for a reader who has seen them before. */
export const BLIND_SPOTS_IN_SHORT =
  "What this review can't see: what AWS refuses at apply, values known only then, whether pods survive, what changed since the plan.";

/** `old -> new`, or what comes or goes. */
export function differenceStep({ before, after }: Difference): string {
  if (before === undefined) return `+ ${after ?? ""}`;
  return after === undefined ? `- ${before}` : `${before} -> ${after}`;
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
