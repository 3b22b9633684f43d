import fs from "node:fs";
import { Command } from "commander";
import { explain } from "../../config/explain";
import { readFleet } from "../../config/load-fleet";
import { ConfigError } from "../../config/problem";
import { selectTarget } from "../../config/select-targets";
import { layerJsonSchema, workloadJsonSchema } from "../../config/target-schema-json";
import { fleetWarnings } from "../../config/warnings";
import { checkedFleet, envsDir, loadOptions } from "../fleet-options";
import { UsageError } from "../report-error";
import { count, print, printJson, table, warn } from "../terminal";

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
    .option("--json", "problems as JSON")
    .action((options: { json?: boolean }, command: Command) => {
      const day = loadOptions(command);
      const { fleet, problems } = readFleet(envsDir(command), day);
      if (options.json) {
        printJson(problems);
        process.exitCode = problems.length > 0 ? 1 : 0;
        return;
      }
      if (problems.length > 0) throw new ConfigError(problems);
      fleetWarnings(fleet, day).forEach(warn);
      print(`${count(fleet.targets.length, "target")}, no problem`);
    });
}

function explainCommand(): Command {
  return new Command("explain")
    .description("show each value of a target and the file and line that gave it")
    .argument("<target>", "for example prod/us-east-1")
    .argument("[path]", "only what is at and below this path, for example network.egress")
    .option("--json", "as JSON")
    .action((name: string, path: string | undefined, options: { json?: boolean }, command: Command) => {
      const values = explain(selectTarget(checkedFleet(command, [name]), name), path);
      if (values.length === 0) throw new UsageError(`${path} is no path of ${name}; leave it out to see all`);
      if (options.json) return printJson(values);
      print(table(values.map(({ path: at, value, from }) => [at, value, from])));
    });
}

function schemaCommand(): Command {
  return new Command("schema")
    .description("print the JSON Schema of the config files, for editors")
    .option("--workload", "of a service's file in workloads/, and not of a target's")
    .option("--out <file>", "write it to a file")
    .action((options: { workload?: boolean; out?: string }) => {
      const text = JSON.stringify(options.workload ? workloadJsonSchema() : layerJsonSchema(), null, 2);
      if (options.out === undefined) return print(text);
      fs.writeFileSync(options.out, `${text}\n`);
    });
}
