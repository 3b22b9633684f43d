import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { App } from "cdktf";
import fc from "fast-check";
import type { Fleet } from "../../src/model/target";
import { addTargetStacks } from "../../src/stacks/target-stacks";
import { byBytes, byTheSchema } from "./config-inputs";
import { ENVIRONMENT, OWN, sampleTexts } from "./seeds";
import { misbehaviour } from "./well-behaved";

/** What has no problem can be synthesized. */
function synthesized({ targets }: Fleet): void {
  for (const target of targets) addTargetStacks(new App(), target).forEach((stack) => stack.toTerraform());
}

/**
 * Reads configs that nobody should write, and tells of the first that is not answered as it should be, made as small as it
 * still fails: npm run fuzz [-- <inputs> [<seed>]].
 */
function main(): void {
  const [runs = 10_000, seed] = process.argv.slice(2).map(Number);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-fuzz-"));
  const inputs = fc.oneof(byTheSchema(ENVIRONMENT, OWN), byBytes(sampleTexts(), ENVIRONMENT));
  let done = 0;
  const property = fc.property(inputs, (files) => {
    if (++done % 500 === 0) process.stderr.write(`${done} of ${runs}\n`);
    const wrong = misbehaviour(dir, files, synthesized);
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
  });
  const found = fc.check(property, { numRuns: runs, ...(seed !== undefined && { seed }) });
  if (found.counterexample === null) {
    process.stdout.write(`${runs} inputs: no crash, no wait, each refusal with its place\n`);
  } else {
    const [files] = found.counterexample;
    const texts = Object.entries(files).map(([name, bytes]) => `# ${name}\n${bytes.toString("utf8")}`);
    const error = found.errorInstance instanceof Error ? found.errorInstance.message : "";
    process.stdout.write(
      `${texts.join("\n")}\n${error}\nseed ${found.seed}, input ${found.numRuns} of ${runs}\n`,
    );
    process.exitCode = 1;
  }
  fs.rmSync(dir, { recursive: true, force: true });
}

main();
