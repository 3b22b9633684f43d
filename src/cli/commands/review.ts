import { Command } from "commander";
import { readPlanFile, type ReviewOptions, reviewPlans, withReviewOptions } from "../review/review-output";

export function reviewCommand(): Command {
  return withReviewOptions(
    new Command("review")
      .description(
        "say what Terraform plans do, in the words of the trade; exit 1 at --fail-on, 2 if it can't",
      )
      .argument("<plan.json...>", "output of terraform show -json, one file a stack; - reads standard input"),
  ).action((files: string[], options: ReviewOptions) => {
    reviewPlans(files.map(readPlanFile), options);
  });
}
