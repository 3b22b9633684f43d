import type { Command } from "commander";
import { loadFleet } from "../config/load-fleet";
import { fleetWarnings } from "../config/warnings";
import type { Fleet } from "../config/target";
import { warn } from "./terminal";

/** The folder of targets that the program was given. */
export function envsDir(command: Command): string {
  return command.optsWithGlobals<{ envs: string }>().envs;
}

/** All targets, checked; their warnings go to standard error. */
export function checkedFleet(command: Command): Fleet {
  const fleet = loadFleet(envsDir(command));
  fleetWarnings(fleet).forEach(warn);
  return fleet;
}
