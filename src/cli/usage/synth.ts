import { Command, InvalidArgumentError } from "commander";
import { parseShard } from "../../fleet/shard";
import { lazily } from "./lazily";
import { outFolder } from "./out-folder";
import { layOption, watchOption } from "./shared-options";

export function synthCommand(): Command {
  return new Command("synth")
    .description("write the Terraform JSON of targets; folders of other targets stay as they are")
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("-o, --out <dir>", "output folder", outFolder, "cdktf.out")
    .option(
      "--check",
      "write nothing; exit with 1 where the folder is not what would be written, and say where",
    )
    .option("--force", "synthesize even where nothing changed since the folder was written")
    .option("--shard <i/n>", "the i-th of n parts of the targets, for n machines (docs/synth.md)", shardName)
    .option(
      "--merge <dir...>",
      "put the folders of all parts together; what was made of them is not made again",
    )
    .addOption(watchOption("say which files of stacks changed").conflicts(["check", "merge", "json"]))
    .option(
      "--debug",
      "say on standard error which targets are made and why, and what takes longer than it would have to",
    )
    .addOption(layOption().conflicts(["check", "merge", "watch"]))
    .option("--json", "what was written, or with --check what would be, as JSON")
    .action(lazily(async () => (await import("../commands/synth")).synth));
}

function shardName(text: string): string {
  if (parseShard(text) === undefined)
    throw new InvalidArgumentError("write the part and how many there are, for example 2/3");
  return text;
}
