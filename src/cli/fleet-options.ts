import type { Command } from "commander";
import { loadFleet, type LoadOptions } from "../config/load-fleet";
import { selectTargets } from "../config/select-targets";
import { fleetWarnings } from "../config/warnings";
import type { Fleet } from "../config/target";
import { asOfDay } from "./as-of";
import { warn } from "./terminal";

/** The folder of targets that the program was given. */
export function envsDir(command: Command): string {
  return command.optsWithGlobals<{ envs: string }>().envs;
}

/** What the program was told of the day it runs on. */
export function loadOptions(command: Command): LoadOptions {
  return asOfDay(command.optsWithGlobals<{ asOf?: string }>().asOf, process.env.SOURCE_DATE_EPOCH);
}

/**
 * All targets, checked. Warnings go to standard error: those of the targets named, or all.
 *
 * @throws UnknownTargetError
 */
export function checkedFleet(command: Command, names: readonly string[] = []): Fleet {
  const options = loadOptions(command);
  const fleet = loadFleet(envsDir(command), options);
  fleetWarnings(fleet, options, selectTargets(fleet, names).targets).forEach(warn);
  return fleet;
}
