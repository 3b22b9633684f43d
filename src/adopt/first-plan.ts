import type { Adoption } from "../config/schema/adoption";
import type { Plan, PlannedChange } from "../plan-review/read/plan";
import { canonical, field, fields, holdsTrue, isArray, isObject, type Json } from "../terraform-plan/json";

/** What a first plan does with an address. */
export interface FirstChange {
  readonly address: string;
  readonly does: "nothing" | "changes" | "creates" | "replaces" | "deletes";
  /** Whether it is taken over by this plan. */
  readonly imported: boolean;
  /** Attributes that change; none where all of it comes or goes. */
  readonly attributes: readonly string[];
  /** Of them, those that the adoption does not say; the same for what comes or goes, as `*`. */
  readonly unsaid: readonly string[];
}

/** A plan with imports that are still to be done: what it does to each address, and what of it nobody has said. */
export function firstPlan(plan: Plan, said: Adoption): readonly FirstChange[] {
  return plan.changes
    .filter(({ mode, type }) => mode === "managed" && !ONLY_IN_STATE.has(type))
    .flatMap((change): FirstChange[] => {
      const does = doesOf(change);
      if (does === "nothing" && !change.importing) return [];
      const attributes = does === "changes" ? changedIn(change) : [];
      return [
        {
          address: change.address,
          does,
          imported: change.importing,
          attributes,
          unsaid: unsaidOf(change.address, does, attributes, said),
        },
      ];
    })
    .sort((a, b) => (a.address < b.address ? -1 : Number(a.address > b.address)));
}

/** Whether a plan has imports to do: then it is the first one of what it takes over. */
export function takesOver(plan: Plan): boolean {
  return plan.changes.some(({ importing }) => importing);
}

/** Nothing of these is in an account. */
export const ONLY_IN_STATE: ReadonlySet<string> = new Set([
  "terraform_data",
  "null_resource",
  "time_sleep",
  "time_static",
]);

function doesOf({ action, after }: PlannedChange): FirstChange["does"] {
  switch (action) {
    case "no-op":
    case "read":
      return "nothing";
    case "update":
      return "changes";
    case "create":
      return "creates";
    case "delete":
    case "forget":
      return "deletes";
    // What this version does not know is the worst it can be.
    case "replace":
    case "unknown":
      return after === null ? "deletes" : "replaces";
  }
}

function unsaidOf(
  address: string,
  does: FirstChange["does"],
  attributes: readonly string[],
  { changes, creates, replaces }: Adoption,
): readonly string[] {
  switch (does) {
    case "nothing":
      return [];
    case "changes":
      return attributes.filter((each) => changes[address]?.includes(each) !== true);
    case "creates":
      return creates.includes(address) ? [] : ["*"];
    case "replaces":
    case "deletes":
      return replaces.includes(address) ? [] : ["*"];
  }
}

/** Attributes with another value, or one that nobody knows before; tags and tags_all are one. */
function changedIn({ before, after, afterUnknown }: PlannedChange): readonly string[] {
  const names = new Set([...fields(before), ...fields(after)].map(([name]) => name));
  for (const [name] of fields(afterUnknown)) names.add(name);
  const changed = [...names].filter(
    (name) =>
      holdsTrue(field(afterUnknown, name)) ||
      canonical(bare(field(before, name))) !== canonical(bare(field(after, name))),
  );
  return [...new Set(changed.map((name) => (name === "tags_all" ? "tags" : name)))].sort();
}

/** What an import reads as empty and a configuration leaves out is one: Terraform shows no such difference either. */
function bare(value: Json | undefined): Json {
  if (value === undefined || (isArray(value) && value.length === 0)) return null;
  return isObject(value) && Object.keys(value).length === 0 ? null : value;
}
