import { assess } from "./assess";
import { compareValues } from "./diff/compare";
import type { Difference } from "./diff/difference";
import type { Review } from "./model/change";
import { field, fields, isArray, isObject, items, type Json, sameJson, text } from "../terraform-plan/json";
import { planOfSteps } from "./synth/synthesized-plan";

export const synthDiffBlindSpots: readonly string[] = [
  "What runs: configurations are compared, no state and no account is read.",
  "What Terraform computes and, of registry modules, whatever is not made from an input alone.",
  "The order, and what waits for what: npx octarine plan --review shows it.",
];

/** One block of a stack's Terraform JSON: `aws_subnet.x`, `module.y`, `output.z`, `data.t.n`, `provider.aws`. */
export interface BlockChange {
  readonly address: string;
  readonly kind: "added" | "removed" | "changed";
  readonly differences: readonly Difference[];
  readonly differencesLeftOut: number;
}

export interface StackDiff {
  readonly stack: string;
  readonly kind: "added" | "removed" | "changed";
  readonly blocks: readonly BlockChange[];
}

/**
 * What differs between two syntheses, stack by stack and block by block. Order of keys, and what only cdktf reads
 * (`//`), does not count.
 */
export function diffSynth(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): StackDiff[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((stack): StackDiff[] => {
    const [old, now] = [before.get(stack), after.get(stack)];
    const blocks = diffBlocks(blocksOf(old), blocksOf(now));
    if (old === undefined) return [{ stack, kind: "added", blocks }];
    if (now === undefined) return [{ stack, kind: "removed", blocks }];
    return blocks.length === 0 ? [] : [{ stack, kind: "changed", blocks }];
  });
}

/**
 * What the step between two syntheses does, by the rules of a review: the same kinds and severities, without a plan. A stack that
 * is no longer made is not judged: no deployment destroys it.
 */
export function reviewSteps(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): Review {
  const plans = [...after.keys()]
    .sort()
    .map((stack) => planOfSteps(stack, before.get(stack), after.get(stack)));
  return { ...assess(plans), blindSpots: synthDiffBlindSpots };
}

function diffBlocks(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): BlockChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((address): BlockChange[] => {
    const [old, now] = [before.get(address), after.get(address)];
    if (sameJson(old, now)) return [];
    if (old === undefined || now === undefined) {
      return [
        { address, kind: old === undefined ? "added" : "removed", differences: [], differencesLeftOut: 0 },
      ];
    }
    const { shown, leftOut } = compareValues(old, now);
    return [{ address, kind: "changed", differences: shown, differencesLeftOut: leftOut }];
  });
}

/** Two levels of names for resources and data, one for the rest. */
function blocksOf(stack: Json | undefined): Map<string, Json> {
  const blocks = new Map<string, Json>();
  for (const [section, content] of fields(stack)) {
    if (section === "//") continue;
    if (section === "resource" || section === "data") {
      const prefix = section === "data" ? "data." : "";
      for (const [type, named] of fields(content)) {
        for (const [name, block] of fields(named)) blocks.set(`${prefix}${type}.${name}`, bare(block));
      }
    } else if (section === "terraform") {
      for (const [key, value] of fields(isArray(content) ? content[0] : content))
        blocks.set(`terraform.${key}`, bare({ [key]: value }));
    } else if (section === "import") {
      for (const block of items(content))
        blocks.set(`import.${text(field(block, "to")) ?? "?"}`, bare(block));
    } else {
      for (const [name, block] of fields(content))
        blocks.set(`${section}.${name}`, bare(isObject(block) ? block : { [name]: block }));
    }
  }
  return blocks;
}

/** Without the notes that cdktf leaves for itself. */
function bare(value: Json): Json {
  if (!isObject(value) || field(value, "//") === undefined) return value;
  return Object.fromEntries(fields(value).filter(([key]) => key !== "//"));
}
