import path from "node:path";
import { differing, type Difference } from "./differing";
import type { Journal } from "./journal";
import { entriesOf, type OutputLayout } from "./layout";
import { foreignEntries, type Made, madeText, readMade } from "./made";
import type { MadeFiles } from "./made-stacks";
import { type Manifest, manifestText, readManifest, stagedManifest } from "./manifest";

/** What a run makes and decides over. */
export interface OutputScope {
  /** Of a stack that the run makes: whose it is, such as `prod/us-east-1`. */
  readonly ownerOf: (stack: string) => string;
  /** Whether stacks of an owner that the run does not make are no longer wanted. */
  readonly decidesOver: (owner: string) => boolean;
}

/** What becomes of a folder with what was staged; nothing of it is done yet. */
export interface Placement {
  /** Stacks that were made. */
  readonly stacks: readonly string[];
  /** Stacks that nothing makes any more. */
  readonly stale: readonly string[];
  /** Those of them whose folders hold what no synthesis put there, with it. */
  readonly inUse: readonly { readonly id: string; readonly entries: readonly string[] }[];
  /** Those of them whose folders go. */
  readonly gone: readonly string[];
  /** Files of stacks in which the folder differs from what was staged, relative to it. */
  readonly differences: readonly Difference[];
  readonly place: Journal["place"];
  /** Whose the stale ones and those made are. */
  readonly owners: ReadonlySet<string>;
  readonly madeText: string;
  /** Undefined: as it was staged. */
  readonly manifestText: string | undefined;
}

/** @param found stacks that are compared already, of which only what differs is staged */
export function placementOf(
  layout: OutputLayout,
  staging: string,
  scope: OutputScope,
  found: ReadonlyMap<string, MadeFiles>,
): Placement {
  const before = readMade(layout);
  const manifest = readManifest(layout);
  const staged = readManifest(layout, stagedManifest(staging));
  if (staged === undefined) throw new TypeError("a synthesis wrote no manifest");
  const stacks = [...new Set([...entriesOf(path.join(staging, "stacks")), ...found.keys()])].sort();
  const isMade = new Set(stacks);
  const ownerBefore = (id: string) => before[id]?.owner ?? "";
  const stale = Object.keys(before).filter((id) => !isMade.has(id) && scope.decidesOver(ownerBefore(id)));
  const inUse = stale
    .map((id) => ({ id, entries: foreignEntries(layout, id, before) }))
    .filter(({ entries }) => entries.length > 0);
  const kept = new Set(inUse.map(({ id }) => id));
  const gone = stale.filter((id) => !kept.has(id));
  const compared = stacks.map((stack) =>
    withoutLeftovers(
      layout,
      stack,
      before[stack]?.entries ?? [],
      found.get(stack) ?? compare(layout, staging, stack),
    ),
  );
  const made: Made = {
    ...without(before, gone),
    ...Object.fromEntries(
      compared.map(({ stack, entries }) => [stack, { owner: scope.ownerOf(stack), entries }]),
    ),
  };
  return {
    stacks,
    stale,
    inUse,
    gone,
    differences: compared.flatMap(({ differences }) => differences),
    place: compared
      .map(({ stack, changed, remove }) => ({ stack, entries: [...changed], remove }))
      .filter(({ entries, remove }) => entries.length + remove.length > 0),
    owners: new Set([...stacks.map(scope.ownerOf), ...stale.map(ownerBefore)]),
    madeText: madeText(made),
    manifestText: manifestOf(made, staged, without(manifest?.stacks ?? {}, stale)),
  };
}

/** What differs of a stack. What is as it was is left alone, its time included. */
function compare(layout: OutputLayout, staging: string, stack: string): Omit<MadeFiles, "seals"> {
  const from = path.join(staging, "stacks", stack);
  const to = layout.stack(stack);
  const entries = entriesOf(from);
  const compared = entries.map((entry) => ({
    entry,
    differences: differing(path.join(from, entry), path.join(to, entry), entry),
  }));
  return {
    entries,
    changed: compared.filter(({ differences }) => differences.length > 0).map(({ entry }) => entry),
    differences: compared.flatMap(({ differences }) => differences),
  };
}

/** With what an earlier run made of the stack and this one does not. */
function withoutLeftovers(
  layout: OutputLayout,
  stack: string,
  old: readonly string[],
  { entries, changed, differences }: Omit<MadeFiles, "seals">,
) {
  const others = old.filter((entry) => !entries.includes(entry));
  const present = new Set(others.length === 0 ? [] : entriesOf(layout.stack(stack)));
  const remove = others.filter((entry) => present.has(entry));
  const all = [...differences, ...remove.map((file): Difference => ({ file, is: "unexpected" }))];
  return {
    stack,
    entries,
    changed,
    remove,
    differences: all.map(({ file, is }) => ({ file: path.join("stacks", stack, file), is })),
  };
}

function manifestOf(made: Made, staged: Manifest, others: Manifest["stacks"]): string | undefined {
  const kept = Object.fromEntries(
    Object.entries(others).filter(([id]) => id in made && !(id in staged.stacks)),
  );
  // As cdktf wrote it, byte for byte, where there is nothing to add.
  return Object.keys(kept).length > 0 ? manifestText(staged, kept) : undefined;
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  const left = new Set(names);
  return Object.fromEntries(Object.entries(record).filter(([name]) => !left.has(name)));
}
