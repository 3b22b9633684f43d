import { Command, Option } from "commander";
import { lazily } from "./lazily";
import { withConnection } from "./live";

export function diagnoseCommand(): Command {
  return withConnection(
    new Command("diagnose")
      .description("say what is wrong with a running cluster, by what kubectl and aws answer")
      .argument("[target]", "for example prod/us-east-1; may be left out with --from"),
  )
    .option("--from <dir>", "read a folder of collected output instead of asking")
    .addOption(
      new Option("--collect <dir>", "keep what was asked in a folder, without secrets").conflicts("from"),
    )
    .addOption(
      new Option("--where", "only show where to look for what: sources of Kubernetes and AWS").conflicts([
        "from",
        "collect",
      ]),
    )
    .option("--json", "print JSON")
    .action(lazily(async () => (await import("../commands/diagnose")).diagnose));
}
