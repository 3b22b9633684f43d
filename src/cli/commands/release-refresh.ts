import { Command } from "commander";

export function refreshCommand(): Command {
  return new Command("refresh");
}
