import { readPlanFile, type ReviewOptions, reviewPlans } from "../review/review-output";

export function review(files: string[], options: ReviewOptions): void {
  reviewPlans(files.map(readPlanFile), options);
}
