import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import { selectTarget } from "../../fleet/select-targets";
import type { Fleet, Target } from "../../model/target";
import type { ReleaseName } from "../../releases/names";
import type { UpgradeHop } from "../../releases/upgrade/plan";
import { withValues } from "../../scaffold/edit-target";
import { Fault } from "../../text/errors";
import { type Edit, editsOf } from "../../upgrade/edits";
import { isSameStand, standOf } from "../../upgrade/hops";
import { checkedFleet } from "../checked-fleet";
import { envsDir } from "../fleet-options";
import { writeValid } from "../write-valid";

/**
 * Writes a hop into the target's own file, whose comments stay; where the config would not be valid with it, nothing is written.
 *
 * @returns all targets as they are then
 * @throws CommandFailure with what is not valid
 */
export function writeHop(command: Command, target: Target, hop: UpgradeHop, to: ReleaseName): Fleet {
  const now = standOf(target);
  if (isSameStand(now, hop)) return checkedFleet(command);
  const edits = editsOf(hop, now, to);
  edit(command, target, edits);
  const fleet = checkedFleet(command);
  if (isSameStand(standOf(selectTarget(fleet, target.name)), hop)) return fleet;
  // A layer below holds a version, which null takes away.
  edit(
    command,
    target,
    edits.map(({ path: at, value }) => ({ path: at, value: value ?? null })),
  );
  const again = checkedFleet(command);
  if (!isSameStand(standOf(selectTarget(again, target.name)), hop))
    throw new Fault(`${target.file} does not lead to the hop that was written`);
  return again;
}

function edit(command: Command, { environment, region, file }: Target, edits: readonly Edit[]): void {
  // A target of a list of regions may have no file of its own.
  const isOwn = path.basename(file).replace(/\.ya?ml$/, "") === region;
  const name = isOwn ? path.relative(envsDir(command), file) : path.join(environment, `${region}.yaml`);
  const text = isOwn ? fs.readFileSync(file, "utf8") : "";
  writeValid(command, { [name]: withValues(text, edits) }, isOwn ? [file] : []);
}
