import { Command, InvalidArgumentError, Option } from "commander";
import { diagramFormats, diagramKinds } from "../../report/diagrams/diagram-names";
import { lazily } from "./lazily";
import { watchOption } from "./shared-options";

export function reportCommand(): Command {
  return new Command("report")
    .description(
      "one HTML page: summary, pictures, capacity, cost, guardrails, readiness and versions of targets",
    )
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("-o, --out <file>", "write to a file")
    .addOption(watchOption("show the page on this machine in a browser, which loads it again"))
    .addOption(
      new Option("--port <port>", "port of --watch on 127.0.0.1 (default: any that is free)").argParser(port),
    )
    .action(lazily(async () => (await import("../commands/report")).report));
}

export function diagramCommand(): Command {
  return new Command("diagram")
    .description("draw a target's network, the order of its stacks, its mesh, or where their states lie")
    .argument("<target>", "for example prod/us-east-1")
    .addOption(new Option("--of <what>", "what to draw").choices(diagramKinds).default("network"))
    .addOption(new Option("--format <format>", "how").choices(diagramFormats).default("mermaid"))
    .option("-o, --out <file>", "write to a file")
    .action(lazily(async () => (await import("../commands/diagram")).diagram));
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new InvalidArgumentError("write a number from 1 to 65535");
  return number;
}
