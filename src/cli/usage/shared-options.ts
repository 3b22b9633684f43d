import { type Command, Option } from "commander";
import { gates } from "../../plan-review/model/impact";

export const skipReachOption = new Option(
  "--skip-reach-check",
  "don't check first that the Kubernetes API can be reached",
);

/** Taken before a command does anything (withBundle). */
const offline = (): Option =>
  new Option("--offline <dir>", "take providers, modules and charts from a bundle alone (docs/offline.md)");

/** Of commands that run Terraform. */
export const offlineOption = (): Option => offline().env("OCTARINE_OFFLINE");

/** Of those that write its folders for others to run it in: only where it is asked for there. */
export const layOption = offline;

/** Of commands that can run again as files change. */
export const watchOption = (does: string): Option =>
  new Option("--watch", `run again whenever a file changes that it read, and ${does}; Ctrl-C ends it`);

/** The form of a result, by the same two options in every command that has more than one. */
export function withForms(command: Command, forms: readonly string[], of: string): Command {
  return command
    .addOption(new Option("--format <format>", `format of ${of} (default: text)`).choices(forms))
    .addOption(new Option("--json", "the same as --format json").conflicts("format"));
}

/** Forms of a review. */
export const reviewFormats = ["text", "markdown", "html", "json", "sarif"] as const;

/** Options of every command that reviews plans. */
export function withReviewOptions(command: Command): Command {
  return withForms(command, reviewFormats, "the review")
    .addOption(
      new Option("--fail-on <impact>", "exit with 1 if the review comes to this, or may").choices(gates),
    )
    .option("--all", "every difference, in the text form");
}
