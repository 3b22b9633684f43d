import { Command, InvalidArgumentError, Option } from "commander";
import { lazily } from "./lazily";

export function bundleCommand(): Command {
  return new Command("bundle")
    .description(
      "list what the deployment of targets downloads: providers, modules, charts, images (docs/offline.md).\n" +
        "Exit code 1 if --charts lacks a chart, or one can't be rendered",
    )
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("--list", "list it; reaches for no network")
    .addOption(
      new Option("--platform <os_arch...>", "platforms that Terraform runs on (default: this one)").argParser(
        platforms,
      ),
    )
    .option("--charts <dir>", "folder of charts, by which images are known")
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("../commands/bundle")).bundle));
}

/** As Terraform names them. */
function platforms(name: string, before: readonly string[] = []): readonly string[] {
  if (!/^[a-z0-9]+_[a-z0-9]+$/.test(name))
    throw new InvalidArgumentError("write the system and the processor, for example linux_amd64");
  return [...new Set([...before, name])];
}
