import { plural } from "../../text/counted";
import type { Change, Finding } from "../model/change";
import { flat, listed, type Phrase, say, words } from "../model/phrase";
import { byWorstFinding } from "../rules/costs";

/** What is told at once: one change, or several of which the same is true. */
export interface Entry {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Changes that follow from these and cost nothing more. */
  readonly consequences: readonly Change[];
}

/** Changes as they are told, the worst first: consequences under their cause, and one entry for many of which the same is true. */
export function entriesOf(changes: readonly Change[]): Entry[] {
  const following = new Map<string, Change[]>();
  for (const each of changes) {
    if (each.cause === undefined) continue;
    const key = keyOf(each.cause);
    following.set(key, [...(following.get(key) ?? []), each]);
  }
  const groups = new Map<string, Change[]>();
  for (const each of changes) {
    if (each.cause !== undefined) continue;
    const key = signature(each) ?? keyOf(each);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((same) => ({
    changes: same,
    findings: findingsOf(same),
    consequences: same.flatMap((each) => following.get(keyOf(each)) ?? []),
  }));
}

function keyOf({ stack, address }: { readonly stack: string; readonly address: string }): string {
  return JSON.stringify([stack, address]);
}

/** Equal for changes of which the same can be said; undefined for one that has to be told by itself. */
function signature({ action, findings, couldBe, impact, movedFrom, imported }: Change): string | undefined {
  if (findings.length === 0 || movedFrom !== undefined || imported) return undefined;
  const parts = findings.map(({ rule, alike, doubt, couldBe: worst, impact: least }) =>
    alike === undefined
      ? undefined
      : [rule, least, worst, flat(doubt ?? []), flat(alike.says), alike.noun, flat(alike.after ?? [])],
  );
  return parts.includes(undefined) ? undefined : JSON.stringify([action, couldBe, impact, parts]);
}

function findingsOf(same: readonly Change[]): readonly Finding[] {
  const [first] = same;
  if (first === undefined || same.length === 1) return first?.findings ?? [];
  return first.findings
    .map((each, index) =>
      merged(
        same.flatMap(({ findings }) => findings[index] ?? []),
        each,
      ),
    )
    .sort(byWorstFinding);
}

function merged(all: readonly Finding[], first: Finding): Finding {
  const { alike } = first;
  if (alike === undefined) return first;
  const common = first.details.filter((line) => all.every(({ details }) => holds(details, line)));
  const lines = all.map((each) => {
    const name = each.alike?.line ?? say`${each.alike?.subject ?? ""}`;
    const [own, ...more] =
      each.alike?.line === undefined ? [] : each.details.filter((line) => !holds(common, line));
    return own === undefined ? name : say`${name}: ${own}${words(more.length > 0 ? ", ..." : "")}`;
  });
  const number = words(`${all.length} ${plural(alike.noun, all.length)}`);
  const size = all.reduce((sum, each) => sum + (each.size ?? 0), 0);
  return {
    ...first,
    what: say`${alike.says} ${number}${after(alike.after)}`,
    details: [...common, ...inOne(all, lines)],
    ...(size > 0 && { size }),
  };
}

function holds(details: readonly Phrase[], line: Phrase): boolean {
  return details.some((each) => flat(each) === flat(line));
}

function after(phrase: Phrase | undefined): Phrase {
  return phrase === undefined || phrase.length === 0 ? [] : say` ${phrase}`;
}

/** Names on one line; what is told of each on a line of its own. */
function inOne(all: readonly Finding[], lines: readonly Phrase[]): readonly Phrase[] {
  if (all.some((each) => each.alike?.line !== undefined)) return lines;
  return [listed([...new Set(lines.map(flat))], 12)];
}
