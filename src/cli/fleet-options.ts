import type { Command } from "commander";
import type { LoadOptions } from "../fleet/load-fleet";
import { asOfDay } from "./as-of";

/** The folder of targets that the program was given. */
export function envsDir(command: Command): string {
  return command.optsWithGlobals<{ envs: string }>().envs;
}

/** What the program was told of the day it runs on. */
export function loadOptions(command: Command): LoadOptions {
  return asOfDay(command.optsWithGlobals<{ asOf?: string }>().asOf, process.env.SOURCE_DATE_EPOCH);
}
