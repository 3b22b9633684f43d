import { field, isArray, isObject, items, type Json, type JsonPath, text } from "../../terraform-plan/json";
import type { Action, PlannedChange } from "./plan";
import { PlanError } from "../../terraform-plan/plan-error";

/** Where an entry stands, for messages. */
export interface EntryPlace {
  readonly stack: string;
  readonly source: string;
  readonly list: string;
  readonly index: number;
}

/** @throws PlanError for an entry without address, type or actions: a review that left it out would be silent */
export function readChange(entry: Json, place: EntryPlace): PlannedChange {
  const change = field(entry, "change");
  const required = (key: string): string => {
    const value = text(field(entry, key));
    if (value === undefined || value === "") throw damaged(place, `has no ${key}`);
    return value;
  };
  if (!isObject(entry) || !isObject(change)) throw damaged(place, "has no change");
  const rawActions = field(change, "actions");
  if (!isArray(rawActions) || !rawActions.every((each) => typeof each === "string"))
    throw damaged(place, "has no change.actions");

  const reason = text(field(entry, "action_reason"));
  const previousAddress = text(field(entry, "previous_address"));
  const deposed = text(field(entry, "deposed"));
  return {
    stack: place.stack,
    address: required("address"),
    mode: field(entry, "mode") === "data" ? "data" : "managed",
    type: required("type"),
    action: actionOf(rawActions),
    rawActions,
    createBeforeDelete: rawActions[0] === "create",
    importing: isObject(field(change, "importing")),
    before: field(change, "before") ?? null,
    after: field(change, "after") ?? null,
    afterUnknown: field(change, "after_unknown") ?? {},
    beforeSensitive: field(change, "before_sensitive") ?? {},
    afterSensitive: field(change, "after_sensitive") ?? {},
    replacePaths: items(field(change, "replace_paths")).flatMap(readPath),
    ...(reason !== undefined && { reason }),
    ...(previousAddress !== undefined && { previousAddress }),
    ...(deposed !== undefined && { deposed }),
  };
}

const SINGLE: readonly Action[] = ["no-op", "read", "create", "update", "delete", "forget"];

function actionOf(raw: readonly string[]): Action {
  const [first, second] = raw;
  if (raw.length === 1) return SINGLE.find((each) => each === first) ?? "unknown";
  const pair = [first, second].sort().join("+");
  // create+forget replaces, too: the old object stays in the account, and Terraform no longer knows it.
  return raw.length === 2 && (pair === "create+delete" || pair === "create+forget") ? "replace" : "unknown";
}

function readPath(value: Json): JsonPath[] {
  if (!isArray(value)) return [];
  const steps = value.filter((step) => typeof step === "string" || typeof step === "number");
  return steps.length === value.length && steps.length > 0 ? [steps] : [];
}

function damaged({ source, list, index }: EntryPlace, what: string): PlanError {
  return new PlanError(source, `${what} in ${list}[${index}]`, "it is damaged; write it again");
}
