import { Command } from "commander";
import { lazily } from "./lazily";
import { withReviewOptions } from "./shared-options";

export function reviewCommand(): Command {
  return withReviewOptions(
    new Command("review")
      .description("say what Terraform plans do, in an operator's words; exit 1 at --fail-on, 2 if it can't")
      .argument("<plan.json...>", "output of terraform show -json, one file a stack; - reads standard input"),
  ).action(lazily(async () => (await import("../commands/review")).review));
}
