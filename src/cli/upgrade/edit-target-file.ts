import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import type { Target } from "../../model/target";
import { withValues } from "../../scaffold/edit-target";
import type { Edit } from "../../upgrade/edits";
import { envsDir } from "../fleet-options";
import { writeValid } from "../write-valid";

/**
 * Writes values into a target's own file, whose comments stay; where the config would not be valid, nothing is written.
 *
 * @throws CommandFailure with what is not valid
 */
export function editTargetFile(
  command: Command,
  { environment, region, file }: Target,
  edits: readonly Edit[],
): void {
  // A target of a list of regions may have no file of its own.
  const isOwn = path.basename(file).replace(/\.ya?ml$/, "") === region;
  const name = isOwn ? path.relative(envsDir(command), file) : path.join(environment, `${region}.yaml`);
  const text = isOwn ? fs.readFileSync(file, "utf8") : "";
  writeValid(command, { [name]: withValues(text, edits) }, isOwn ? [file] : []);
}
