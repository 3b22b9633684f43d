import type { Command } from "commander";
import { type RemarkTopic, remarkTopics } from "../config/remark";
import { loadFleet } from "../config/load-fleet";
import { selectTargets } from "../config/select-targets";
import type { Fleet } from "../config/target";
import { fleetWarnings } from "../config/warnings";
import { envsDir, loadOptions } from "./fleet-options";
import { warn } from "./terminal";

/**
 * All targets, checked, for commands that judge or change something. Warnings go to standard error: those of the targets
 * named, or all.
 *
 * @throws UnknownTargetError
 */
export function warnedFleet(
  command: Command,
  names: readonly string[],
  topics: readonly RemarkTopic[] = remarkTopics,
): Fleet {
  const options = loadOptions(command);
  const fleet = loadFleet(envsDir(command), options);
  fleetWarnings(fleet, options, selectTargets(fleet, names).targets, topics).forEach(warn);
  return fleet;
}
