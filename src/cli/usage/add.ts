import { Command, InvalidArgumentError, Option } from "commander";
import { cnis, egresses, sizes } from "../../scaffold/choices";
import { account } from "./init";
import { lazily } from "./lazily";

export function addCommand(): Command {
  return new Command("add")
    .description("add to the configuration; comments stay, and what would not be valid is not written")
    .addCommand(targetCommand())
    .addCommand(environmentCommand())
    .addCommand(workloadCommand())
    .addCommand(componentCommand());
}

function targetCommand(): Command {
  return new Command("target")
    .description("add a region to an environment, like another of its regions")
    .argument("<target>", "for example prod/eu-west-1")
    .option("--like <target>", "the target that it is like (default: the first of its environment)")
    .option("--vpc-cidr <cidr>", "its range (default: the next /16 of 10.0.0.0/8 that no target has)")
    .action(lazily(async () => (await import("../commands/add")).addTarget));
}

function environmentCommand(): Command {
  return new Command("environment")
    .description("add an environment with one target")
    .argument("<environment>", "for example staging")
    .addOption(new Option("--account <id>", "its AWS account").argParser(account).makeOptionMandatory())
    .option("--region <region>", "region of its target", "us-east-1")
    .addOption(new Option("--cni <kind>", "network of pods").choices(cnis).default("cilium-eni"))
    .addOption(new Option("--egress <kind>", "way to the internet").choices(egresses).default("nat-per-zone"))
    .addOption(new Option("--size <size>", "zones and nodes").choices(sizes).default("small"))
    .action(lazily(async () => (await import("../commands/add")).addEnvironment));
}

function workloadCommand(): Command {
  return new Command("workload")
    .description("add a service to an environment")
    .argument("<environment>", "for example prod")
    .argument("<name>", "for example orders")
    .requiredOption("--image <image>", "its image with a tag")
    .requiredOption("--namespace <namespace>", "one that the environment's targets have")
    .option("--port <port>", "port of HTTP", port, 8080)
    .action(lazily(async () => (await import("../commands/add")).addWorkload));
}

function componentCommand(): Command {
  return new Command("component")
    .description("switch a component on in a target")
    .argument("<target>", "for example prod/us-east-1")
    .argument("<component>", "its name or its key, for example argo-cd or gitops")
    .option("--with <yaml>", "its settings, for example '{ retentionDays: 30 }'", "{}")
    .action(lazily(async () => (await import("../commands/add")).addComponent));
}

function port(given: string): number {
  if (!/^\d{1,5}$/.test(given) || Number(given) < 1 || Number(given) > 65535)
    throw new InvalidArgumentError("a port is a number from 1 to 65535");
  return Number(given);
}
