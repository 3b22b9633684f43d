import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import type { Fleet, Target } from "../../model/target";
import type { ReleaseName } from "../../releases/names";
import type { UpgradeHop } from "../../releases/upgrade/plan";
import { Fault } from "../../text/errors";
import { editsOf } from "../../upgrade/edits";
import { isSameStand, standOf } from "../../upgrade/hops";
import { checkedFleet } from "../checked-fleet";
import { editTargetFile } from "./edit-target-file";

/**
 * Writes a hop into the target's own file, whose comments stay; where the config would not be valid with it, nothing is written.
 *
 * @returns all targets as they are then
 * @throws CommandFailure with what is not valid
 */
export function writeHop(command: Command, target: Target, hop: UpgradeHop, to: ReleaseName): Fleet {
  const now = standOf(target);
  if (isSameStand(now, hop)) return checkedFleet(command);
  editTargetFile(command, target, editsOf(hop, now, to));
  const fleet = checkedFleet(command);
  if (!isSameStand(standOf(selectTarget(fleet, target.name)), hop))
    throw new Fault(`${target.file} does not lead to the hop that was written`);
  return fleet;
}
