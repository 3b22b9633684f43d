import { type ConfigPath, formatPath } from "../config/read/source-node";
import type { Target } from "../model/target";
import { ended, waiverFor } from "./waivers";
import { endedText, type Waiver } from "../waivers/waiver";

/** `versions`: of releases and what replaces their pins. `settings`: of what somebody wrote. */
export const remarkTopics = ["versions", "settings"] as const;
export type RemarkTopic = (typeof remarkTopics)[number];

/** Something to tell about a target that is not a fault of its configuration. */
export interface Remark {
  readonly topic: RemarkTopic;
  /** What a waiver calls it. */
  readonly rule: string;
  /** Where a waiver says that it holds. */
  readonly path: ConfigPath;
  readonly text: string;
  /** Of several remarks with one text: what this one is about, before or behind the text. */
  readonly subject?: string;
  readonly item?: string;
}

export interface TargetRemark {
  readonly target: Target;
  readonly remark: Remark;
}

/** A line for all targets of which the same is to be told, without what a waiver of theirs silences. */
export function remarkLines(
  remarks: readonly TargetRemark[],
  topics: readonly RemarkTopic[],
  asOf: string | undefined,
): { lines: string[]; used: ReadonlySet<Waiver> } {
  const used = new Set<Waiver>();
  const lines = new Map<string, string[]>();
  for (const [target, ofTarget] of byTarget(remarks)) {
    const told = ofTarget.flatMap((remark) => {
      const waiver = waiverFor({ target, finding: { ...remark, message: remark.text } });
      if (waiver === undefined) return [remark];
      used.add(waiver);
      return ended(waiver, asOf) ? [{ ...remark, text: `${remark.text}; ${endedText(waiver)}` }] : [];
    });
    for (const line of joined(told.filter(({ topic }) => topics.includes(topic))))
      lines.set(line, [...(lines.get(line) ?? []), target.name]);
  }
  return {
    lines: [...lines].map(([line, names]) => {
      const [text, waiver] = JSON.parse(line) as [string, string];
      return `${text} (${names.length > 2 ? `${names.length} targets` : names.join(", ")}; waiver: ${waiver})`;
    }),
    used,
  };
}

function byTarget(remarks: readonly TargetRemark[]): Map<Target, Remark[]> {
  const all = new Map<Target, Remark[]>();
  for (const { target, remark } of remarks) all.set(target, [...(all.get(target) ?? []), remark]);
  return all;
}

/** Text of each line and what a waiver of it names, as a key. */
function joined(remarks: readonly Remark[]): string[] {
  const groups = new Map<string, Remark[]>();
  for (const remark of remarks) {
    const key = JSON.stringify([remark.text, remark.rule]);
    groups.set(key, [...(groups.get(key) ?? []), remark]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const subjects = group.flatMap(({ subject }) => subject ?? []);
    const items = group.flatMap(({ item }) => item ?? []);
    const text = [
      ...(subjects.length > 0 ? [subjects.join(", ")] : []),
      first.text,
      ...(items.length > 0 ? [items.join(", ")] : []),
    ].join(": ");
    return [JSON.stringify([text, `${first.rule} at ${formatPath(commonPath(group))}`])];
  });
}

function commonPath(remarks: readonly Remark[]): ConfigPath {
  const [first = [], ...others] = remarks.map(({ path }) => path);
  const end = first.findIndex((step, index) => others.some((path) => path[index] !== step));
  return end === -1 ? first : first.slice(0, end);
}
