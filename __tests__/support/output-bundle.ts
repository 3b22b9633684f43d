import fs from "node:fs";
import path from "node:path";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { OutputLayout } from "../../src/synth/output/layout";
import { lockRun } from "../../src/synth/output/lock";
import { writeOutput } from "../../src/synth/output/write-output";

export { lockRun, OutputLayout, writeOutput };

/** Two stacks that tell their version; version 2 has another second stack than version 1. */
export function exampleStacks(app: App, version: string): void {
  for (const id of ["net", `nodes-${version}`]) {
    const stack = new TerraformStack(app, id);
    new TerraformOutput(stack, "version", { value: version });
  }
}

/** Text of every file in a folder, by its path in it; without what Octarine keeps there for itself. */
export function contents(dir: string): Record<string, string> {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(dir, path.join(parentPath, name)));
  return Object.fromEntries(
    files
      .filter((file) => !file.startsWith(".octarine"))
      .sort()
      .map((file) => [file, fs.readFileSync(path.join(dir, file), "utf8")]),
  );
}
