import { Command, Option } from "commander";
import { diagramFormats, diagramKinds } from "../../report/diagrams/diagram-names";
import { lazily } from "./lazily";

export function reportCommand(): Command {
  return new Command("report")
    .description(
      "one HTML page: summary, pictures, capacity, cost, guardrails, readiness and versions of targets",
    )
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("-o, --out <file>", "write to a file")
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
