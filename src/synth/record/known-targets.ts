import { areSame, type Read } from "../../reads/reads";
import type { JudgedParts } from "../guard-targets";
import type { OutputLayout } from "../output/layout";
import type { KnownStack } from "../output/made-stacks";
import { type PriorRun, readStats, type RunRecord } from "./run-record";
import { type Seals, type Stats, verify } from "./seals";
import type { RecordedStack, TargetRecord, TargetRecords } from "./target-records";

/** A target that an earlier run made of the same, and whose files are as they were written: it need not be made. */
export interface KnownTarget {
  readonly stacks: readonly (RecordedStack & KnownStack)[];
  readonly parts: JudgedParts;
}

/**
 * Targets that need not be made.
 *
 * @param seals of what they would be made of (target-seals.ts)
 * @param note is told which are made nevertheless, and why
 */
export function knownTargets(
  layout: OutputLayout,
  { record, files }: PriorRun,
  { late, targets }: TargetRecords,
  seals: ReadonlyMap<string, string>,
  note: (text: string) => void,
): ReadonlyMap<string, KnownTarget> {
  const others = everybodys(record, late);
  if (!areSame(others)) {
    const changed = others.filter((each) => !areSame([each])).map(({ path }) => path);
    note(`every target is made: ${changed.join(", ")} changed, which belongs to none alone`);
    return new Map();
  }
  const outputs = byStack(record.outputs);
  const { stats, takenMs } = readStats(files.stats);
  const known = new Map<string, KnownTarget>();
  for (const [name, seal] of seals) {
    const target = targets.get(name);
    if (target?.seal !== seal) {
      note(`${name} is made: ${target === undefined ? "nothing is known of it" : whyMade(record, name)}`);
      continue;
    }
    const checked = target.stacks.map((stack) => {
      const wrote = outputs.get(stack.id) ?? {};
      return { stack, wrote, verdict: verify(layout.root, wrote, stats, takenMs) };
    });
    const touched = checked.find(({ verdict, wrote }) => !verdict.intact || Object.keys(wrote).length === 0);
    if (touched === undefined) known.set(name, knownOf(target, checked));
    else note(`${name} is made: ${touched.verdict.touched ?? touched.stack.id} is not as it was written`);
  }
  return known;
}

interface Checked {
  readonly stack: RecordedStack;
  readonly wrote: Seals;
  readonly verdict: { readonly stats: Stats };
}

function knownOf({ parts }: TargetRecord, checked: readonly Checked[]): KnownTarget {
  const stacks = checked.map(({ stack, wrote, verdict: { stats } }) => {
    const entries = [...new Set(Object.keys(wrote).map((name) => name.split("/")[2] ?? ""))].sort();
    return { ...stack, stats, files: { entries, changed: [], differences: [], seals: wrote } };
  });
  return { parts, stacks };
}

/**
 * What the run asked that no target alone is made of, and that is not all in what targets are given: names in folders lead to targets
 * and services, and a day decides over waivers, which are judged in each run.
 */
function everybodys({ reads, inputs }: RunRecord, late: readonly Read[]): readonly Read[] {
  const owned = new Set(Object.values(inputs).flat());
  return [...reads.filter(({ path }) => !owned.has(path)), ...late].filter(isOfContent);
}

/** Whether what is asked may go into what is made, without being given to a target. */
export function isOfContent({ ask }: Read): boolean {
  return ask === "bytes" || ask === "kind";
}

/** Files that the run wrote, by the id of their stack. */
function byStack(outputs: Seals): ReadonlyMap<string, Seals> {
  const stacks = new Map<string, Record<string, string>>();
  for (const [name, seal] of Object.entries(outputs)) {
    const [folder, id = ""] = name.split("/");
    if (folder !== "stacks") continue;
    const known = stacks.get(id) ?? {};
    known[name] = seal;
    stacks.set(id, known);
  }
  return stacks;
}

/** Which of its files changed; none where it is a peer, or another target of its environment. */
function whyMade({ reads, inputs }: RunRecord, name: string): string {
  const own = new Set(inputs[name]);
  const changed = reads.filter((read) => own.has(read.path) && !areSame([read])).map(({ path }) => path);
  return changed.length > 0
    ? `${[...new Set(changed)].join(", ")} changed`
    : "what it is connected with changed, or it leads to other files";
}
