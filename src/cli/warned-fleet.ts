import type { Command } from "commander";
import { type RemarkTopic, remarkTopics } from "../fleet/remark";
import { loadFleet } from "../fleet/load-fleet";
import { selectTargets } from "../fleet/select-targets";
import type { Fleet } from "../model/target";
import { fleetWarnings } from "../fleet/warnings";
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
