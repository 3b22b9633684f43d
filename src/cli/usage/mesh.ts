import { Command } from "commander";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function meshCommand(): Command {
  return new Command("mesh").description("the service meshes of all targets").addCommand(showCommand());
}

function showCommand(): Command {
  const command = new Command("show").description(
    "which targets form a mesh, how, and what is missing; exit 1 if anything is",
  );
  return withForms(command, ["text", "mermaid", "json"], "the picture").action(
    lazily(async () => (await import("../commands/mesh")).showMesh),
  );
}
