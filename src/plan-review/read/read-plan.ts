import { field, fields, isArray, isObject, items, type Json, JsonError, parseJson, text } from "./json";
import type { Action, FailedCheck, Placeholder, Plan, PlannedOutput } from "./plan";
import { readChange } from "./read-change";
import { PlanError } from "./plan-error";

export interface PlanText {
  readonly stack: string;
  /** File name for messages. */
  readonly source: string;
  readonly text: string;
  /** Values of the plan that are none: those of `octarine plan --preview`. */
  readonly placeholders?: readonly Placeholder[];
}

/**
 * Reads what `terraform show -json PLANFILE` prints (format 1.x; OpenTofu writes the same).
 *
 * @throws PlanError that says what the text is in place of a plan, and what to do
 */
export function readPlan({ stack, source, text: raw, placeholders = [] }: PlanText): Plan {
  const root = parsePlan(raw, source);
  refuseOtherDocuments(root, source);
  const changesIn = (list: string) =>
    readList(root, list, source).map((entry, index) => readChange(entry, { stack, source, list, index }));
  return {
    stack,
    source,
    terraformVersion: text(field(root, "terraform_version")) ?? "unknown",
    changes: changesIn("resource_changes"),
    drift: changesIn("resource_drift"),
    outputs: fields(field(root, "output_changes")).map(([name, change]) => readOutput(stack, name, change)),
    failedChecks: items(field(root, "checks")).flatMap(readCheck),
    deferred: items(field(root, "deferred_changes")).length,
    errored: field(root, "errored") === true,
    complete: field(root, "complete") !== false,
    placeholders,
    priorState: field(root, "prior_state") ?? null,
  };
}

function parsePlan(raw: string, source: string): Json {
  const body = raw.startsWith("\uFEFF") ? raw.slice(1) : raw;
  if (body.trim() === "")
    throw new PlanError(source, "is empty", "write it with terraform show -json PLANFILE");
  if (body.startsWith("PK")) {
    throw new PlanError(
      source,
      "is Terraform's binary plan",
      "convert it in its stack's folder: terraform show -json PLANFILE > plan.json",
    );
  }
  if (body.includes("\0")) {
    throw new PlanError(
      source,
      "is not UTF-8 (Windows PowerShell's > writes UTF-16)",
      "write it with a shell that keeps bytes, or Out-File -Encoding utf8",
    );
  }
  try {
    return parseJson(body);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    if (/^\{"@level"/.test(body)) {
      throw new PlanError(
        source,
        "is the log of terraform plan -json, line by line",
        "use terraform plan -out=PLANFILE, then terraform show -json PLANFILE",
      );
    }
    throw new PlanError(
      source,
      `is not complete JSON (${firstLine(error.message)})`,
      "it may be cut off; write it again with terraform show -json PLANFILE",
    );
  }
}

function refuseOtherDocuments(root: Json, source: string): void {
  const remedy = "give the output of terraform show -json PLANFILE";
  if (!isObject(root)) throw new PlanError(source, "is JSON, but no plan", remedy);
  if (Object.hasOwn(root, "lineage")) throw new PlanError(source, "is a state file", remedy);
  const version = field(root, "format_version");
  if (Object.hasOwn(root, "values") && !Object.hasOwn(root, "planned_values")) {
    throw new PlanError(source, "is terraform show -json of a state, not of a plan", remedy);
  }
  if (typeof version !== "string")
    throw new PlanError(source, "has no format_version, so it is not a plan", remedy);
  if (!/^1\.\d+$/.test(version)) {
    throw new PlanError(
      source,
      `has plan format ${JSON.stringify(version).slice(0, 40)}, and this reads 1.x`,
      "use Terraform 1.x, or a newer Octarine",
    );
  }
  // A plan without any resource has no resource_changes, but always has one of these.
  if (!["resource_changes", "planned_values", "configuration"].some((key) => Object.hasOwn(root, key))) {
    throw new PlanError(source, "has nothing of a plan in it", remedy);
  }
}

function readList(root: Json, key: string, source: string): readonly Json[] {
  const value = field(root, key);
  if (value === undefined || value === null) return [];
  if (!isArray(value))
    throw new PlanError(source, `has ${key} that is not a list`, "it is damaged; write it again");
  return value;
}

function readOutput(stack: string, name: string, change: Json): PlannedOutput {
  const raw = items(field(change, "actions")).filter((each) => typeof each === "string");
  const known: readonly Action[] = ["no-op", "create", "update", "delete"];
  return { stack, name, action: known.find((action) => raw.length === 1 && raw[0] === action) ?? "unknown" };
}

function readCheck(check: Json): FailedCheck[] {
  const status = text(field(check, "status")) ?? "unknown";
  if (status !== "fail" && status !== "error") return [];
  const problems = items(field(check, "instances")).flatMap((instance) =>
    items(field(instance, "problems")).flatMap((problem) => text(field(problem, "message")) ?? []),
  );
  return [{ address: text(field(field(check, "address"), "to_display")) ?? "a check", problems }];
}

/** V8 quotes the text around the fault, which may hold a secret of the plan. */
function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "")
    .replace(/, ".*$/s, "")
    .replace(/, \.\.\..*$/s, "")
    .slice(0, 80);
}
