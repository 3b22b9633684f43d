import { type Command, Option } from "commander";
import { gates } from "../../plan-review/model/impact";

export const skipReachOption = new Option(
  "--skip-reach-check",
  "don't test the way to the Kubernetes API first",
);

/** Forms of a review. */
export const reviewFormats = ["text", "markdown", "html", "json", "sarif"] as const;

/** Options of every command that reviews plans. */
export function withReviewOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "form of the review").choices(reviewFormats))
    .addOption(
      new Option("--fail-on <impact>", "exit with 1 if the review comes to this, or may").choices(gates),
    )
    .option("--all", "every difference, in the text form");
}
