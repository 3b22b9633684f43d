import {
  field,
  isArray,
  isObject,
  items,
  type Json,
  type JsonArray,
  JsonError,
  parseJson,
  text,
} from "./json";
import { PlanError } from "./plan-error";

/** What `terraform show -json PLANFILE` prints (format 1.x; OpenTofu writes the same), as far as it is read here. */
export interface PlanDocument {
  /** File name for messages. */
  readonly source: string;
  readonly terraformVersion: string;
  readonly resourceChanges: JsonArray;
  readonly resourceDrift: JsonArray;
  readonly outputChanges: Json;
  readonly checks: JsonArray;
  readonly deferredChanges: JsonArray;
  readonly plannedValues: Json;
  readonly priorState: Json;
  readonly configuration: Json;
  /** Planning stopped at an error: what is here is not all. */
  readonly errored: boolean;
  readonly complete: boolean;
}

/** @throws PlanError that says what the text is in place of a plan, and what to do */
export function parsePlan(raw: string, source: string): PlanDocument {
  return planDocument(terraformJson(raw, source), source);
}

/** Whether JSON that Terraform wrote is of a state, and not of a plan, which has values of both. */
export function isState(root: Json): boolean {
  return field(root, "values") !== undefined && field(root, "planned_values") === undefined;
}

/** @throws PlanError for JSON that is not a plan of format version 1 */
export function planDocument(root: Json, source: string): PlanDocument {
  refuseOtherDocuments(root, source);
  return {
    source,
    terraformVersion: text(field(root, "terraform_version")) ?? "unknown",
    resourceChanges: listAt(root, "resource_changes", source),
    resourceDrift: listAt(root, "resource_drift", source),
    outputChanges: field(root, "output_changes") ?? {},
    checks: items(field(root, "checks")),
    deferredChanges: items(field(root, "deferred_changes")),
    plannedValues: field(root, "planned_values") ?? null,
    priorState: field(root, "prior_state") ?? null,
    configuration: field(root, "configuration") ?? null,
    errored: field(root, "errored") === true,
    complete: field(root, "complete") !== false,
  };
}

/**
 * JSON that Terraform wrote, whatever it is of.
 *
 * @throws PlanError
 */
export function terraformJson(raw: string, source: string): Json {
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

function listAt(root: Json, key: string, source: string): JsonArray {
  const value = field(root, key);
  if (value === undefined || value === null) return [];
  if (!isArray(value))
    throw new PlanError(source, `has ${key} that is not a list`, "it is damaged; write it again");
  return value;
}

/** V8 quotes the text around the fault, which may hold a secret of the plan. */
function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "")
    .replace(/, ".*$/s, "")
    .replace(/, \.\.\..*$/s, "")
    .slice(0, 80);
}
