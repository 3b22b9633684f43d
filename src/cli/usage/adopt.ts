import { Command, Option } from "commander";
import { lazily } from "./lazily";
import { skipReachOption } from "./shared-options";

export function adoptCommand(): Command {
  return new Command("adopt")
    .description(
      "find what a stack would make and what exists already, and take it over: by import blocks, kept beside the target; exit code 1 where somebody has to decide",
    )
    .argument("<target>", "for example prod/us-east-1")
    .argument("<stack>", "for example network; one after the other, each deployed before the next")
    .addOption(
      new Option(
        "--from <files...>",
        "ask no account, but states of the old project: terraform show -json, or terraform state pull",
      ).conflicts("answers"),
    )
    .option("--answers <dir>", "ask no account, but a folder of recorded answers of the AWS CLI")
    .option("--accept", "also write down what the first plan changes and creates, so that deploy does it")
    .addOption(skipReachOption)
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("../commands/adopt")).adopt));
}
