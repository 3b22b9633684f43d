import { Command } from "commander";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function meshCommand(): Command {
  return new Command("mesh").description("the service meshes of all targets").addCommand(showCommand());
}

function showCommand(): Command {
  const command = new Command("show").description(
    "who is one mesh with whom, by what, and what is missing; status 1 where something is",
  );
  return withForms(command, ["text", "mermaid", "json"], "the picture").action(
    lazily(async () => (await import("../commands/mesh")).showMesh),
  );
}
