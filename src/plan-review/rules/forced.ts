import { forcingAttributes } from "../facts/forcing-attributes";
import { field, isArray, type Json, sameJson } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";

/** Attributes that change and, by the provider's source, force a replacement. */
export function forcedIn(planned: PlannedChange): readonly string[] {
  const known = forcingAttributes.get(planned.type);
  return (known?.attributes ?? []).filter((path) => differs(planned, path.split(".")));
}

/** Unknown counts: an attribute that was set and may become another forces as well. */
function differs({ before, after }: PlannedChange, path: readonly string[]): boolean {
  return !sameJson(valueAt(before, path) ?? null, valueAt(after, path) ?? null);
}

/** Blocks are lists of one in a plan; the table names them without positions. */
function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((here, step) => field(isArray(here) ? here[0] : here, step), value);
}
