import type { Command } from "commander";
import { loadFleet, type LoadOptions } from "../fleet/load-fleet";
import type { Fleet } from "../model/target";
import { asOfDay } from "./as-of";

/** The folder of targets that the program was given. */
export function envsDir(command: Command): string {
  return command.optsWithGlobals<{ envs: string }>().envs;
}

/** What the program was told of the day it runs on. */
export function loadOptions(command: Command): LoadOptions {
  return asOfDay(command.optsWithGlobals<{ asOf?: string }>().asOf, process.env.SOURCE_DATE_EPOCH);
}

/** All targets, checked, and no word of warnings: for commands that only show something. */
export function checkedFleet(command: Command): Fleet {
  return loadFleet(envsDir(command), loadOptions(command));
}
