import type { Command } from "commander";
import { loadFleet } from "../fleet/load-fleet";
import type { Fleet } from "../model/target";
import { envsDir, loadOptions } from "./fleet-options";

/** All targets, checked, and no word of warnings: for commands that only show something. */
export function checkedFleet(command: Command): Fleet {
  return loadFleet(envsDir(command), loadOptions(command));
}
