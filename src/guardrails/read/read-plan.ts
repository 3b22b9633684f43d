import type { PlanDocument } from "../../terraform-plan/plan-document";
import { PlanError } from "../../terraform-plan/plan-error";
import type { Resource } from "../resource";
import { isMap, Unknown, type Value } from "../../values/value";
import { expand } from "./expand";
import { isJsonMap, type JsonMap, listOf, mapAt } from "./json";
import { isGiven } from "./plan-references";

const WRITE_IT = "write it again with: terraform show -json <plan file>";

/**
 * Everything a rule can judge in a plan: resources as they will be after the apply, data sources that were read,
 * providers and module calls of the configuration.
 *
 * @throws PlanError where something is not what Terraform writes there: what is skipped would count as right
 */
export function readPlan(plan: PlanDocument, stack: string): Resource[] {
  const { source } = plan;
  if (!isJsonMap(plan.plannedValues))
    throw new PlanError(source, "has no planned_values, so it is not a plan", WRITE_IT);
  const { root_module: root } = plan.plannedValues;
  if (root !== undefined && !isJsonMap(root)) throw damaged("module", source);
  const unknown = new Map(
    mapsOf(plan.resourceChanges, "change", source).flatMap((each): [string, unknown][] =>
      typeof each.address === "string" ? [[each.address, mapAt(each, "change").after_unknown]] : [],
    ),
  );
  const read = (root: JsonMap, dataOnly: boolean) =>
    resourcesIn(root, source).flatMap((each) => {
      const { address, type, mode, values } = each;
      if (typeof address !== "string" || typeof type !== "string") return [];
      const isData = mode === "data";
      if (dataOnly && !isData) return [];
      const given = (key: string) => isGiven(plan.configuration, address, key);
      const attributes = withUnknown(values, unknown.get(address), given);
      return expand({
        type: isData ? `data.${type}` : type,
        address,
        stack,
        source: "plan",
        attributes: isMap(attributes) ? attributes : {},
      });
    });
  return [
    ...read(mapAt(plan.plannedValues, "root_module"), false),
    // What was read while planning stands only there.
    ...read(mapAt(plan.priorState, "values", "root_module"), true),
    ...configuration(plan.configuration, stack),
  ];
}

/** @throws PlanError where something is not what Terraform writes there: what is skipped would count as right */
function resourcesIn(module: JsonMap, source: string): JsonMap[] {
  return [
    ...mapsOf(module.resources, "resource", source).map((each) => {
      const { address, type } = each;
      if (typeof address !== "string" || typeof type !== "string") throw damaged("resource", source);
      return each;
    }),
    ...mapsOf(module.child_modules, "module", source).flatMap((each) => resourcesIn(each, source)),
  ];
}

function mapsOf(value: unknown, what: string, source: string): JsonMap[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isJsonMap)) throw damaged(what, source);
  return value;
}

function damaged(what: string, source: string): PlanError {
  return new PlanError(source, `has a ${what} that is not one of Terraform's`, WRITE_IT);
}

/** Lays the marks of `after_unknown` over the values. */
function withUnknown(value: unknown, unknown: unknown, given: (key: string) => boolean, top = true): Value {
  if (unknown === true) return new Unknown(false);
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const [values, marks] = [listOf(value), listOf(unknown)];
    const length = Math.max(values.length, marks.length);
    return Array.from({ length }, (_, i) => withUnknown(values[i], marks[i], given, false));
  }
  if (isJsonMap(value) || isJsonMap(unknown)) {
    const keys = new Set([
      ...Object.keys(isJsonMap(value) ? value : {}),
      ...Object.keys(isJsonMap(unknown) ? unknown : {}),
    ]);
    return Object.fromEntries(
      [...keys].map((key) => {
        const field = withUnknown(mapAt(value)[key], mapAt(unknown)[key], given, false);
        return [key, top && field instanceof Unknown ? new Unknown(given(key)) : field];
      }),
    );
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Providers and module calls, as far as the plan shows them. */
function configuration(config: unknown, stack: string): Resource[] {
  const providers = Object.values(mapAt(config, "provider_config")).filter(isJsonMap);
  const base = { stack, source: "plan" as const };
  return [
    ...providers
      .filter(({ module_address }) => module_address === undefined)
      .map(({ name, expressions }) => ({
        ...base,
        type: `provider.${typeof name === "string" ? name : ""}`,
        address: `provider.${typeof name === "string" ? name : ""}`,
        attributes: constants(expressions),
      })),
    ...Object.entries(mapAt(config, "root_module", "module_calls")).map(([name, call]) => ({
      ...base,
      type: "module",
      address: `module.${name}`,
      attributes: { source: text(mapAt(call).source), version: text(mapAt(call).version_constraint) },
    })),
  ];
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function constants(expressions: unknown): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(mapAt(expressions)).map(([key, expression]): [string, Value] => {
      const constant = mapAt(expression).constant_value;
      if (constant === undefined) return [key, new Unknown(true)];
      const value = withUnknown(constant, undefined, () => false);
      return [key, value];
    }),
  );
}
