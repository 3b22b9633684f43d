import type { CostEstimate } from "./cost-estimate";
import { add, constant, type CostRange, subtract } from "./cost-range";

/** What a change does to one line of an estimate. */
export interface CostLineChange {
  /** As it was; left out for a line that is new. */
  readonly before?: string;
  /** As it is; left out for a line that is gone. */
  readonly after?: string;
  /** USD a month; left out where a price is missing on either side. */
  readonly difference?: CostRange;
}

export interface TargetCostChange {
  readonly target: string;
  readonly region: string;
  readonly kind: "added" | "removed" | "changed" | "same";
  /** Of the lines that have a price, USD a month. */
  readonly before: CostRange;
  readonly after: CostRange;
  readonly difference: CostRange;
  /** Whether every line on both sides has a price. */
  readonly complete: boolean;
  /** The lines that change. */
  readonly lines: readonly CostLineChange[];
}

/** What a change costs. Keys are stable; `format` rises if that ever has to change. */
export interface CostChange {
  readonly format: 1;
  readonly currency: "USD";
  readonly before: CostRange;
  readonly after: CostRange;
  readonly difference: CostRange;
  readonly complete: boolean;
  readonly targets: readonly TargetCostChange[];
}

/** What a comparison needs of an estimate: those of another version of this program may hold less or more. */
export type ComparedEstimate = Pick<CostEstimate, "target" | "region" | "total" | "complete"> & {
  readonly lines: readonly ComparedLine[];
};
export type ComparedLine = Pick<CostEstimate["lines"][number], "section" | "item" | "usd">;

/** Compares estimates target by target and line by line. Targets come in the order of their names. */
export function costChange(
  before: readonly ComparedEstimate[],
  after: readonly ComparedEstimate[],
): CostChange {
  const names = [...new Set([...before, ...after].map(({ target }) => target))].sort();
  const targets = names.flatMap((name) => {
    const [old, now] = [before, after].map((all) => all.find(({ target }) => target === name));
    return targetChange(old, now);
  });
  const sum = (part: "before" | "after" | "difference") =>
    targets.reduce((total, each) => add(total, each[part]), constant(0));
  return {
    format: 1,
    currency: "USD",
    before: sum("before"),
    after: sum("after"),
    difference: sum("difference"),
    complete: targets.every(({ complete }) => complete),
    targets,
  };
}

function targetChange(
  before: ComparedEstimate | undefined,
  after: ComparedEstimate | undefined,
): TargetCostChange[] {
  const there = after ?? before;
  if (there === undefined) return [];
  const totals = { before: before?.total ?? constant(0), after: after?.total ?? constant(0) };
  const lines = lineChanges(before?.lines ?? [], after?.lines ?? []);
  return [
    {
      target: there.target,
      region: there.region,
      kind:
        before === undefined
          ? "added"
          : after === undefined
            ? "removed"
            : lines.length > 0
              ? "changed"
              : "same",
      ...totals,
      difference: subtract(totals.after, totals.before),
      complete: (before?.complete ?? true) && (after?.complete ?? true),
      lines,
    },
  ];
}

function lineChanges(before: readonly ComparedLine[], after: readonly ComparedLine[]): CostLineChange[] {
  const keys = [...new Set([...before, ...after].map(keyOf))];
  return keys.flatMap((key) => {
    const [old, now] = [before, after].map((lines) => lines.find((line) => keyOf(line) === key));
    if (old?.item === now?.item && sameRange(old?.usd, now?.usd)) return [];
    const isKnown = [old, now].every((line) => line === undefined || line.usd !== undefined);
    const difference = subtract(now?.usd ?? constant(0), old?.usd ?? constant(0));
    return [
      {
        ...(old !== undefined && { before: old.item }),
        ...(now !== undefined && { after: now.item }),
        ...(isKnown && { difference }),
      },
    ];
  });
}

/** The same line on both sides, though its counts and its types may have changed. */
function keyOf({ section, item }: ComparedLine): string {
  const group = /^(?:group|pool) [^:]+/.exec(item)?.[0];
  return `${section} ${group ?? item.replace(/^\d+ (× )?/, "").replace(/ × \d+ zones$/, "")}`;
}

function sameRange(a: CostRange | undefined, b: CostRange | undefined): boolean {
  return a?.min === b?.min && a?.expected === b?.expected && a?.max === b?.max;
}
