import fs from "node:fs";
import { Command, Option } from "commander";
import { selectTarget } from "../../config/select-targets";
import {
  type DiagramFormat,
  diagramFormats,
  type DiagramKind,
  diagramKinds,
  diagramOf,
  drawDiagram,
} from "../../report/diagrams/diagrams";
import { checkedFleet } from "../fleet-options";
import { UsageError } from "../report-error";
import { print, say } from "../terminal";

interface DiagramOptions {
  readonly format: DiagramFormat;
  readonly of: DiagramKind;
  readonly out?: string;
}

export function diagramCommand(): Command {
  return new Command("diagram")
    .description("draw a target's network, the order of its stacks, its mesh, or where their states lie")
    .argument("<target>", "for example prod/us-east-1")
    .addOption(new Option("--of <what>", "what to draw").choices(diagramKinds).default("network"))
    .addOption(new Option("--format <format>", "how").choices(diagramFormats).default("mermaid"))
    .option("-o, --out <file>", "write to a file")
    .action((name: string, { format, of, out }: DiagramOptions, command: Command) => {
      const fleet = checkedFleet(command, [name]);
      const target = selectTarget(fleet, name);
      const diagram = diagramOf(target, of, fleet);
      if (diagram === undefined)
        throw new UsageError(`${target.name} has no ${of}; octarine mesh show names those that have one`);
      const drawing = drawDiagram(diagram, format);
      if (out === undefined) return print(drawing.trimEnd());
      fs.writeFileSync(out, `${drawing.trimEnd()}\n`);
      say(`wrote ${out}`);
    });
}
