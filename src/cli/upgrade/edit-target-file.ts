import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import type { Target } from "../../model/target";
import { valueIn, withValues } from "../../scaffold/edit-target";
import type { Edit } from "../../upgrade/edits";
import { envsDir } from "../fleet-options";
import { writeValid } from "../write-valid";

/**
 * Writes values into a target's own file, whose comments stay; where the config would not be valid, nothing is written. What is to have
 * no value is taken out, and where a layer below has one, `null` takes that away.
 *
 * @throws CommandFailure with what is not valid
 */
export function editTargetFile(
  command: Command,
  { environment, region, file }: Target,
  edits: readonly Edit[],
): void {
  const envs = envsDir(command);
  // A target of a list of regions may have no file of its own.
  const isOwn = path.basename(file).replace(ENDING, "") === region;
  const name = isOwn ? path.relative(envs, file) : path.join(environment, `${region}.yaml`);
  const text = isOwn ? fs.readFileSync(file, "utf8") : "";
  const below = [layer(path.join(envs, environment), "environment"), layer(envs, "platform")];
  const written = edits.map(({ path: at, value }) => ({
    path: at,
    value: value === undefined && isThere(below, at) ? null : value,
  }));
  writeValid(command, { [name]: withValues(text, written) }, isOwn ? [file] : []);
}

const ENDING = /\.ya?ml$/;

function layer(folder: string, name: string): string {
  const file = fs.readdirSync(folder).find((each) => ENDING.test(each) && each.replace(ENDING, "") === name);
  return file === undefined ? "" : fs.readFileSync(path.join(folder, file), "utf8");
}

/** Whether layers, the upper one first, come to a value. */
function isThere(layers: readonly string[], at: readonly string[]): boolean {
  const said = layers.map((text) => valueIn(text, at)).find((value) => value !== undefined);
  return said !== undefined && said !== null;
}
