import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { App } from "cdktf";
import { differing, type Difference } from "./differing";
import { OutputLayout } from "./layout";
import { stagedManifest } from "./manifest";
import { type OutputScope, placementOf } from "./placement";
import { stage } from "./stage";
import { refuseOtherThanFolder, type Written } from "./write-output";

export interface Compared<Result> extends Written<Result> {
  /** Files that a synthesis would write, replace or remove, in order of their paths in the folder. */
  readonly differences: readonly Difference[];
}

/** What `writeOutput` would change of a folder. Nothing is written there. */
export function compareOutput<Result>(
  outDir: string,
  scope: OutputScope,
  build: (app: App) => Result,
): Compared<Result> {
  const layout = new OutputLayout(outDir);
  refuseOtherThanFolder(layout);
  const staging = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-"));
  try {
    const result = stage(staging, build);
    const { differences, gone, manifestText } = placementOf(layout, staging, scope);
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
