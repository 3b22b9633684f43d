import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { differing, type Difference } from "./differing";
import { OutputLayout } from "./layout";
import { stagedManifest } from "./manifest";
import { type OutputScope, placementOf } from "./placement";
import { type BuildStacks, stage } from "./stage";
import { refuseOtherThanFolder, type Written } from "./write-output";

export interface Compared<Result> extends Written<Result> {
  /** Files that a synthesis would write, replace or remove, in order of their paths in the folder. */
  readonly differences: readonly Difference[];
}

/** What `writeOutput` would change of a folder. Nothing is written there. */
export function compareOutput<Result>(
  outDir: string,
  scope: OutputScope,
  build: BuildStacks<Result>,
): Compared<Result> {
  const layout = new OutputLayout(outDir);
  refuseOtherThanFolder(layout);
  const staging = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-"));
  try {
    const { result, made } = stage(layout, staging, build, "nothing");
    const { differences, gone, manifestText } = placementOf(layout, staging, scope, made.found);
    const manifest = stagedManifest(staging);
    if (manifestText !== undefined) fs.writeFileSync(manifest, manifestText);
    const file = path.basename(layout.manifest);
    const all = [
      ...differences,
      ...gone.map((id): Difference => ({ file: path.join("stacks", id), is: "unexpected" })),
      ...differing(manifest, layout.manifest, file),
    ];
    return { result, kept: [], differences: all.sort((a, b) => (a.file < b.file ? -1 : 1)) };
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}
