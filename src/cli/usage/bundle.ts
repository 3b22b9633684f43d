import { Command, InvalidArgumentError, Option } from "commander";
import { copyTools } from "../render/copy-images";
import { lazily } from "./lazily";
import { outFolder } from "./out-folder";

export function bundleCommand(): Command {
  return new Command("bundle")
    .description(
      "list or download what the deployment of targets needs: providers, modules, charts, images (docs/offline.md).\n" +
        "Exit code 1 if something can't be had, or the images of a chart are unknown (where they are only listed: with --charts)",
    )
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .addOption(new Option("--list", "list it; reaches for no network").conflicts("out"))
    .option("--out <dir>", "download it to a folder; what it has already stays", outFolder)
    .addOption(
      new Option("--platform <os_arch...>", "platforms that Terraform runs on (default: this one)").argParser(
        platforms,
      ),
    )
    .option("--charts <dir>", "folder of charts, instead of their repositories")
    .option("--providers <dir>", "filesystem mirror of providers, instead of their registries")
    .addOption(
      new Option("--copy <tool>", "the tool of the scripts that fill images.mirror")
        .choices([...copyTools])
        .default(copyTools[0]),
    )
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("../commands/bundle")).bundle));
}

/** As Terraform names them. */
function platforms(name: string, before: readonly string[] = []): readonly string[] {
  if (!/^[a-z0-9]+_[a-z0-9]+$/.test(name))
    throw new InvalidArgumentError("write the system and the processor, for example linux_amd64");
  return [...new Set([...before, name])];
}
