import { Command, Option } from "commander";
import { lazily } from "./lazily";

export function meshCommand(): Command {
  return new Command("mesh").description("the service meshes of all targets").addCommand(showCommand());
}

function showCommand(): Command {
  return new Command("show")
    .description("who is one mesh with whom, by what, and what is missing; status 1 where something is")
    .addOption(
      new Option("--format <format>", "form of the picture")
        .choices(["text", "mermaid", "json"])
        .default("text"),
    )
    .action(lazily(async () => (await import("../commands/mesh")).showMesh));
}
