import { Command, Option } from "commander";
import { readFleet } from "../../config/load-fleet";
import { meshPictures } from "../../config/mesh-picture";
import { ConfigError } from "../../config/problem";
import { envsDir, loadOptions } from "../fleet-options";
import { meshMermaid, meshText } from "../mesh/mesh-text";
import { print, printJson } from "../terminal";

export function meshCommand(): Command {
  return new Command("mesh").description("the service meshes of all targets").addCommand(show());
}

function show(): Command {
  return new Command("show")
    .description("who is one mesh with whom, by what, and what is missing; status 1 where something is")
    .addOption(
      new Option("--format <format>", "form of the picture")
        .choices(["text", "mermaid", "json"])
        .default("text"),
    )
    .action(({ format }: { format: "text" | "mermaid" | "json" }, command: Command) => {
      const { fleet, problems } = readFleet(envsDir(command), loadOptions(command));
      // What is wrong with a mesh is what the picture says.
      const others = problems.filter(({ path = "" }) => !path.startsWith("mesh"));
      if (others.length > 0) throw new ConfigError(others);
      const pictures = meshPictures(fleet);
      if (format === "json") printJson(pictures);
      else if (format === "mermaid") print(meshMermaid(pictures));
      else print(meshText(pictures));
      if (pictures.some(({ missing }) => missing.length > 0)) process.exitCode = 1;
    });
}
