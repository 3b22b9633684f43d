import type { Command } from "commander";
import { readFleet } from "../../fleet/load-fleet";
import { meshPictures } from "../../fleet/mesh-picture";
import { ConfigError } from "../../config/read/problem";
import { type FormOptions, formOf } from "../forms";
import { envsDir, loadOptions } from "../fleet-options";
import { meshMermaid, meshText } from "../mesh/mesh-text";
import { print, printJson } from "../terminal";

export function showMesh(options: FormOptions<"text" | "mermaid" | "json">, command: Command): void {
  const { fleet, problems } = readFleet(envsDir(command), loadOptions(command));
  // What is wrong with a mesh is what the picture says.
  const others = problems.filter(({ path = "" }) => !path.startsWith("mesh"));
  if (others.length > 0) throw new ConfigError(others);
  const format = formOf(options);
  const pictures = meshPictures(fleet);
  if (format === "json") printJson("mesh_show", pictures);
  else if (format === "mermaid") print(meshMermaid(pictures));
  else print(meshText(pictures));
  if (pictures.some(({ missing }) => missing.length > 0)) process.exitCode = 1;
}
