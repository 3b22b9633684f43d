import { Command } from "commander";
import { PRICE_LIST } from "../refresh/addresses";
import { seconds } from "../refresh/seconds";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function costCommand(): Command {
  const command = new Command("cost")
    .description("what targets cost in a month; what a change costs with --base")
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("-v, --verbose", "with every line, price, assumption and remark, and other ways side by side")
    .option("--base <ref>", "what changes since a commit, for example origin/main")
    .option("--head <ref>", "commit to compare with the base; the working tree if left out")
    .addCommand(refreshCommand());
  return withForms(command, ["text", "markdown", "json"], "the sums or of the comparison").action(
    lazily(async () => (await import("../commands/cost")).cost),
  );
}

function refreshCommand(): Command {
  return new Command("refresh")
    .description(
      "read the prices of the targets' regions from AWS's price list, and keep them for the command cost",
    )
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option(
      "-o, --out <file>",
      "write there (default: aws-prices.json beside the folder of targets, where cost looks)",
    )
    .option("--url <url>", "address of the price list, such as a mirror's", PRICE_LIST)
    .option("--timeout <seconds>", "how long to wait for each file", seconds, 900)
    .action(lazily(async () => (await import("../commands/cost-refresh")).costRefresh));
}
