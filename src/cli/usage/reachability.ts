import { Command } from "commander";
import { diagramFormats } from "../../report/diagrams/diagram-names";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function reachabilityCommand(): Command {
  const command = new Command("reachability")
    .description("prove what the platform and its services must reach, and whether it passes")
    .argument("<target>", "for example prod/us-east-1")
    .option("--from <end>", "one way, hop by hop, or all that an end needs: payments/orders")
    .option(
      "--to <end>",
      "the other end of it: payments/ledger:50051, fqdn:sqs.us-east-1.amazonaws.com:443, internet",
    )
    .option("--all", "every need, also those that are met");
  return withForms(command, ["text", "json", "markdown", ...diagramFormats], "the proof").action(
    lazily(async () => (await import("../commands/reachability")).reachability),
  );
}
