import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { differing, type Difference } from "./differing";
import { OutputLayout } from "./layout";
import { foreignEntries, readMade } from "./made";
import { stagedManifest } from "./manifest";
import { OVERRIDE_FILE } from "./override-file";
import { type OutputScope, placementOf } from "./placement";
import { type BuildStacks, stage } from "./stage";
import { refuseOtherThanFolder, type Written } from "./write-output";

export interface Compared<Result> extends Written<Result> {
  /** Files that a synthesis would write, replace or remove, in order of their paths in the folder. */
  readonly differences: readonly Difference[];
}

/** Names that Terraform or OpenTofu reads in a folder, whoever wrote the file. */
const READ_BY_TERRAFORM = /\.(tf|tofu)(\.json)?$|^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/;

/** Those that Octarine lays there, whatever is recorded of the folder. */
const OURS: readonly string[] = ["cdk.tf.json", OVERRIDE_FILE];

/** Of made stacks, what lies beside what was written and is planned with it. A synthesis leaves it: it is somebody's. */
function foreign(layout: OutputLayout, stacks: readonly string[]): Difference[] {
  const before = readMade(layout);
  return stacks.flatMap((id) =>
    foreignEntries(layout, id, before)
      .filter((entry) => READ_BY_TERRAFORM.test(entry) && !OURS.includes(entry))
      .map((entry): Difference => ({ file: path.join("stacks", id, entry), is: "foreign" })),
  );
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
    const { differences, gone, manifestText, stacks } = placementOf(layout, staging, scope, made.found);
    const manifest = stagedManifest(staging);
    if (manifestText !== undefined) fs.writeFileSync(manifest, manifestText);
    const file = path.basename(layout.manifest);
    const all = [
      ...differences,
      ...gone.map((id): Difference => ({ file: path.join("stacks", id), is: "unexpected" })),
      ...foreign(layout, stacks),
      ...differing(manifest, layout.manifest, file),
    ];
    return { result, kept: [], differences: all.sort((a, b) => (a.file < b.file ? -1 : 1)) };
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}
