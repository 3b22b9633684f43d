import { Command } from "commander";
import { ciSystems } from "../../ci/system-names";
import { ciFileCommand } from "./ci-file";
import { lazily } from "./lazily";

export function ciCommand(): Command {
  const command = new Command("ci").description(
    "make the files that a CI needs to check, plan and deploy the targets",
  );
  for (const system of ciSystems)
    command.addCommand(
      ciFileCommand(system).action(lazily(async () => (await import("../commands/ci")).ci(system))),
    );
  return command;
}
