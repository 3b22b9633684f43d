import fs from "node:fs";
import path from "node:path";
import { flat } from "../../src/plan-review/model/phrase";
import { type Json, parseJson } from "../../src/terraform-plan/json";
import { reviewSteps } from "../../src/plan-review/synth-diff";
import type { Change } from "./changes";

/** Where `octarine diff`, which has no plan, does not come to what the review of the plans has to come to. */
export function wrongInDiff(change: Change, base: string, folder: string): string[] {
  const out = path.join(folder, "out");
  if (!fs.existsSync(out)) return [];
  const review = reviewSteps(readStacks(base, change.target), readStacks(out, change.target));
  const [first] = review.changes.flatMap(({ findings }) => findings);
  const what = first === undefined ? "no finding" : `${first.rule}: ${flat(first.what)}`;
  process.stdout.write(`  diff comes to ${review.impact}, possibly ${review.couldBe}: ${what}\n`);
  const { comesTo, first: rule } = change.diff ?? change;
  return [
    ...(review.couldBe === comesTo ? [] : [`diff comes to ${review.couldBe}, not ${comesTo}`]),
    ...(rule === undefined || first?.rule === rule ? [] : [`diff begins with ${first?.rule}, not ${rule}`]),
  ];
}

function readStacks(folder: string, target: string): Map<string, Json> {
  const stacks = path.join(folder, "stacks");
  const names = fs.readdirSync(stacks).filter((name) => name.startsWith(`${target.replace("/", "-")}-`));
  const read = (name: string) => parseJson(fs.readFileSync(path.join(stacks, name, "cdk.tf.json"), "utf8"));
  return new Map(names.map((name) => [name, read(name)]));
}
