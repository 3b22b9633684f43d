import fs from "node:fs";
import path from "node:path";
import pc from "picocolors";
import { assess } from "../../plan-review/assess";
import { formatHtml } from "../../plan-review/format/html";
import { reviewJson } from "../../plan-review/format/json";
import { formatMarkdown } from "../../plan-review/format/markdown";
import { formatSarif } from "../../plan-review/format/sarif";
import { formatText } from "../../plan-review/format/text";
import type { Review } from "../../plan-review/model/change";
import { type Gate, reaches } from "../../plan-review/model/impact";
import type { Phrase } from "../../plan-review/model/phrase";
import { type PlanText, readPlan } from "../../plan-review/read/read-plan";
import { type FormOptions, formOf } from "../forms";
import { UsageError } from "../report-error";
import { isColoured, print, printJson, say } from "../terminal";
import type { reviewFormats } from "../usage/shared-options";
import { octarineVersion } from "./version";

type Format = (typeof reviewFormats)[number];

export interface ReviewOptions extends FormOptions<Format> {
  readonly failOn?: Gate;
  readonly all?: boolean;
}

/**
 * Reviews plans and prints the result. Exit code 1 if it comes to `failOn` or worse, possible counts as certain.
 *
 * @throws PlanError if a text is not a plan: that nothing was reviewed must not pass for a clean review
 */
export function reviewPlans(
  texts: readonly PlanText[],
  options: ReviewOptions,
  unplanned: readonly string[] = [],
  leftBehind?: readonly Phrase[],
): void {
  const review = assess(texts.map(readPlan), unplanned, leftBehind);
  const form = formOf(options);
  if (form === "json") printJson("review", reviewJson(review));
  else print(formatted(review, form, options));
  const { failOn } = options;
  if (failOn === undefined || !reaches(review.couldBe, failOn)) return;
  say(`stopped by --fail-on ${failOn}: the review comes to ${review.impact}${possibly(review)}`);
  process.exitCode = 1;
}

function possibly({ impact, couldBe }: Review): string {
  return impact === couldBe ? "" : `, possibly ${couldBe}`;
}

function formatted(review: Review, form: Exclude<Format, "json">, { all = false }: ReviewOptions): string {
  switch (form) {
    case "text": {
      const paint = isColoured(process.stdout) ? { paint: pc.createColors(true) } : {};
      return formatText(review, { all, ...paint });
    }
    case "markdown":
      return formatMarkdown(review).trimEnd();
    case "html":
      return formatHtml(review).trimEnd();
    case "sarif":
      return formatSarif(review, octarineVersion());
  }
}

/** Bytes. V8 holds no text of more than 512 MiB, and a plan of 3000 resources is about 30 MB. */
export const LARGEST_PLAN = 256 * 1024 * 1024;

/** @throws UsageError for what can't be read, is a folder, or is too large */
export function readPlanFile(file: string): PlanText {
  const source = file === "-" ? "standard input" : file;
  try {
    if (file !== "-") {
      const { size, isFile } = statOf(file);
      if (!isFile)
        throw new UsageError(`${file} is not a file; give the output of terraform show -json PLANFILE`);
      if (size > LARGEST_PLAN) throw new UsageError(tooLarge(source));
    }
    const text = fs.readFileSync(file === "-" ? 0 : file, "utf8");
    return { stack: stackName(file), source, text };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ERR_STRING_TOO_LONG" || code === "ERR_FS_FILE_TOO_LARGE")
      throw new UsageError(tooLarge(source));
    const why = code === "ENOENT" ? "it does not exist" : code === "EACCES" ? "no permission" : code;
    throw new UsageError(
      `${source} can't be read (${why}); give the output of terraform show -json PLANFILE`,
    );
  }
}

function statOf(file: string) {
  const stat = fs.statSync(file);
  return { size: stat.size, isFile: stat.isFile() || stat.isFIFO() };
}

function tooLarge(source: string): string {
  return `${source} is larger than ${LARGEST_PLAN / 1024 / 1024} MiB; review the plans of fewer resources at a time`;
}

/** A plan does not hold its stack's name: `out/prod-us-east-1-network/plan.json` and `prod-us-east-1-network.json` do. */
export function stackName(file: string): string {
  if (file === "-") return "plan";
  const base = path.basename(file).replace(/(\.tfplan)?(\.json)?$/, "");
  const folder = path.basename(path.dirname(path.resolve(file)));
  return ["plan", "tfplan", ""].includes(base) && folder !== "" ? folder : base;
}
