import { Command, Option } from "commander";
import { lazily } from "./lazily";
import { watchOption } from "./shared-options";

export function configCommand(): Command {
  return new Command("config")
    .description("check and explain the configuration")
    .addCommand(validateCommand())
    .addCommand(explainCommand())
    .addCommand(schemaCommand());
}

function validateCommand(): Command {
  return new Command("validate")
    .description("report every problem of every file")
    .addOption(new Option("--json", "problems as JSON").conflicts("watch"))
    .addOption(watchOption("say what changed"))
    .action(lazily(async () => (await import("../commands/config")).validate));
}

function explainCommand(): Command {
  return new Command("explain")
    .description("show each value of a target and the file and line that gave it")
    .argument("<target>", "for example prod/us-east-1")
    .argument("[path]", "only what is at and below this path, for example network.egress")
    .option("--resolved", "what the values mean: subnets, stacks, components, namespaces, flows")
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("../commands/config")).explainTarget));
}

function schemaCommand(): Command {
  return new Command("schema")
    .description("print the JSON Schema of the config files, for editors")
    .option("--workload", "for a service's file in workloads/ instead of a target's")
    .addOption(
      new Option("--adopt", "for <region>.adopt.yaml, what a target takes over").conflicts("workload"),
    )
    .option("--out <file>", "write it to a file")
    .action(lazily(async () => (await import("../commands/config")).schema));
}
