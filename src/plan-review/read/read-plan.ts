import { field, fields, items, type Json, type JsonArray, text } from "../../terraform-plan/json";
import { parsePlan } from "../../terraform-plan/plan-document";
import type { Action, FailedCheck, Placeholder, Plan, PlannedOutput } from "./plan";
import { readChange } from "./read-change";

export interface PlanText {
  readonly stack: string;
  /** File name for messages. */
  readonly source: string;
  readonly text: string;
  /** Values of the plan that are none: those of `octarine plan --preview`. */
  readonly placeholders?: readonly Placeholder[];
}

/** @throws PlanError that says what the text is in place of a plan, and what to do */
export function readPlan({ stack, source, text: raw, placeholders = [] }: PlanText): Plan {
  const plan = parsePlan(raw, source);
  const changesOf = (list: string, entries: JsonArray) =>
    entries.map((entry, index) => readChange(entry, { stack, source, list, index }));
  return {
    stack,
    source,
    terraformVersion: plan.terraformVersion,
    changes: changesOf("resource_changes", plan.resourceChanges),
    drift: changesOf("resource_drift", plan.resourceDrift),
    outputs: fields(plan.outputChanges).map(([name, change]) => readOutput(stack, name, change)),
    failedChecks: plan.checks.flatMap(readCheck),
    deferred: plan.deferredChanges.length,
    errored: plan.errored,
    complete: plan.complete,
    placeholders,
    priorState: plan.priorState,
  };
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
