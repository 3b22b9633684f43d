import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { gates } from "../../src/plan-review/model/impact";
import { type Change, changes } from "./changes";
import { wrongInDiff } from "./diff";
import { wrongIn } from "./judge";
import { apply, plan, prepare, TerraformFailure, withLocalStates } from "./terraform";

const here = __dirname;
const program = path.join(here, "..", "..", "bin", "octarine.mjs");

interface Synthesized {
  readonly folder: string;
  readonly stacks: readonly { readonly name: string; readonly target: string; readonly workspace: string }[];
}

function octarine(...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** @throws Error with what the program said */
function synthesize(envs: string, folder: string): Synthesized {
  fs.rmSync(folder, { recursive: true, force: true });
  const run = octarine("--envs", envs, "synth", "-o", folder, "--json");
  if (run.status !== 0) throw new Error(run.stderr.trim());
  const stacks = JSON.parse(run.stdout) as { id: string; target: string }[];
  return {
    folder,
    stacks: stacks.map(({ id, target }) => ({ name: id, target, workspace: target.replace("/", "-") })),
  };
}

/** The platforms as they run before a change, applied once. */
function applyBase(work: string): Synthesized {
  const base = synthesize(path.join(here, "envs"), path.join(work, "base"));
  for (const { name, workspace } of base.stacks) {
    const dir = path.join(work, "applied", name);
    if (fs.existsSync(path.join(dir, "applied"))) continue;
    fs.rmSync(dir, { recursive: true, force: true });
    withLocalStates(path.join(base.folder, "stacks", name), dir, path.join(work, "states"));
    prepare(dir, workspace);
    plan(dir, workspace);
    apply(dir, workspace);
    fs.writeFileSync(path.join(dir, "applied"), "");
    process.stderr.write(`applied ${name}\n`);
  }
  return base;
}

function editedEnvs(change: Change, to: string): void {
  fs.rmSync(to, { recursive: true, force: true });
  fs.cpSync(path.join(here, "envs"), to, { recursive: true });
  for (const edit of change.edits) {
    const file = path.join(to, edit.in === "platform" ? "platform.yaml" : `${change.target}.yaml`);
    const document = parseDocument(fs.readFileSync(file, "utf8"));
    if (edit.value === undefined) document.deleteIn(edit.path);
    else document.setIn(edit.path, document.createNode(edit.value));
    fs.writeFileSync(file, document.toString());
  }
}

interface Outcome {
  readonly plans: readonly string[];
  readonly failures: readonly string[];
}

/** Plans each stack of the target that the change touches, on the states as they are before it. */
function planChange(change: Change, base: Synthesized, work: string): Outcome {
  const folder = path.join(work, "plans", change.name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  editedEnvs(change, path.join(folder, "envs"));
  const failures: string[] = [];
  const plans: string[] = [];
  let changed: Synthesized;
  try {
    changed = synthesize(path.join(folder, "envs"), path.join(folder, "out"));
  } catch (error) {
    return { plans, failures: [`config: ${error instanceof Error ? error.message : ""}`] };
  }
  const read = (from: string, name: string) =>
    fs.readFileSync(path.join(from, "stacks", name, "cdk.tf.json"), "utf8");
  for (const { name, target, workspace } of changed.stacks) {
    const known = base.stacks.some((each) => each.name === name);
    if (target !== change.target || (known && read(base.folder, name) === read(changed.folder, name)))
      continue;
    const dir = path.join(folder, "work", name);
    const applied = path.join(work, "applied", name, ".terraform");
    if (fs.existsSync(applied)) fs.cpSync(applied, path.join(dir, ".terraform"), { recursive: true });
    withLocalStates(path.join(changed.folder, "stacks", name), dir, path.join(work, "states"));
    try {
      prepare(dir, workspace);
      const file = path.join(folder, `${name}.json`);
      fs.writeFileSync(file, plan(dir, workspace));
      plans.push(file);
    } catch (error) {
      if (!(error instanceof TerraformFailure)) throw error;
      failures.push(`${name}: ${error.message}`);
    }
    fs.rmSync(dir, { recursive: true, force: true });
  }
  return { plans, failures };
}

/** What an earlier run planned. */
function planned({ name }: Change, work: string): Outcome {
  const folder = path.join(work, "plans", name);
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".json"));
  const failures = fs.readFileSync(path.join(folder, "failures.txt"), "utf8").split("\n");
  return {
    plans: files.map((file) => path.join(folder, file)),
    failures: failures.filter((line) => line !== ""),
  };
}

/** What `octarine review --format json` prints, as far as it is read here (docs/plan-review.md). */
interface Printed {
  readonly impact: string;
  readonly couldBe: string;
  readonly changes: readonly {
    readonly findings: readonly { readonly rule: string; readonly what: string }[];
  }[];
}

/** What `octarine review --format json` prints, as far as it is read here (docs/plan-review.md). */
interface Printed {
  readonly impact: string;
  readonly couldBe: string;
  readonly changes: readonly {
    readonly findings: readonly { readonly rule: string; readonly what: string }[];
  }[];
}

/** What is not as `changes.ts` says it is. */
function judge(change: Change, { plans, failures }: Outcome, folder: string): string[] {
  fs.writeFileSync(path.join(folder, "failures.txt"), failures.join("\n"));
  if (change.refused !== undefined) {
    failures.forEach((text) => process.stdout.write(`  refused: ${text.slice(0, 300)}\n`));
    return failures.some((text) => change.refused?.test(text)) ? [] : ["it was not refused"];
  }
  const waits = (text: string) => change.waits?.some((stack) => text.startsWith(`${stack}: `)) ?? false;
  const waiting = failures.filter(waits);
  waiting.forEach((text) => process.stdout.write(`  waits for another stack: ${text.slice(0, 120)}\n`));
  const wrong = failures.filter((text) => !waits(text)).map((text) => `not planned: ${text.slice(0, 300)}`);
  if (waiting.length !== (change.waits?.length ?? 0)) wrong.push("nothing waits");
  if (plans.length === 0) return change.comesTo === "nothing" ? wrong : [...wrong, "no plan changes"];
  const markdown = octarine("review", ...plans, "--format", "markdown").stdout;
  const told = {
    ...(JSON.parse(octarine("review", ...plans, "--format", "json").stdout) as Printed),
    markdown,
  };
  fs.writeFileSync(path.join(folder, "review.md"), markdown);
  fs.writeFileSync(path.join(folder, "review.txt"), octarine("review", ...plans).stdout);
  const [first] = told.changes.flatMap((each) => each.findings);
  const exits = gates.map((gate) => `${gate} ${octarine("review", ...plans, "--fail-on", gate).status}`);
  process.stdout.write(`  ${first?.rule ?? "no finding"}: ${first?.what ?? ""}\n`);
  process.stdout.write(
    `  comes to ${told.impact}, possibly ${told.couldBe}; --fail-on: ${exits.join(", ")}\n`,
  );
  return [...wrong, ...wrongIn(change, told)];
}

/**
 * Changes one line after another of a platform that runs, plans each with the real Terraform, and compares what the review says
 * with what is true: tsx tools/plan-changes/plan-changes.ts [--again] WORK [CHANGE...]; --again reviews the plans that are there.
 *
 * Terraform runs as it is set up in the environment (TF_CLI_CONFIG_FILE): with providers and modules that need no account.
 */
function main(): void {
  const given = process.argv.slice(2);
  const again = given.includes("--again");
  const [work, ...names] = given.filter((each) => each !== "--again");
  if (work === undefined) throw new Error("usage: plan-changes.ts [--again] WORK [CHANGE...]");
  fs.mkdirSync(work, { recursive: true });
  const place = fs.realpathSync(work);
  const base = again ? undefined : applyBase(place);
  let failed = 0;
  for (const change of changes.filter(({ name }) => names.length === 0 || names.includes(name))) {
    process.stdout.write(`${change.name}: ${change.truth}\n`);
    const outcome = base === undefined ? planned(change, place) : planChange(change, base, place);
    const folder = path.join(place, "plans", change.name);
    const wrong = [
      ...judge(change, outcome, folder),
      ...wrongInDiff(change, path.join(place, "base"), folder),
    ];
    wrong.forEach((text) => process.stdout.write(`  WRONG: ${text}\n`));
    failed += wrong.length > 0 ? 1 : 0;
  }
  process.stdout.write(
    failed === 0 ? "all as they should be\n" : `${failed} changes are not told as they are\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

main();
