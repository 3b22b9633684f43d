import { Command } from "commander";
import { lazily } from "./lazily";
import { withReviewOptions } from "./shared-options";

export function reviewCommand(): Command {
  return withReviewOptions(
    new Command("review")
      .description(
        "say in an operator's words what Terraform plans do; exit code 1 at --fail-on, 2 if a plan can't be read",
      )
      .argument("<plan.json...>", "output of terraform show -json, one file a stack; - reads standard input"),
  ).action(lazily(async () => (await import("../commands/review")).review));
}
