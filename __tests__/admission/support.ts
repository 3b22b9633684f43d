import { admissionWorld } from "../../src/admission/admission-world";
import { type Objection, objections } from "../../src/admission/decide";
import { fromJson } from "../../src/guardrails/read/expression";
import type { Resource } from "../../src/guardrails/resource";
import type { Target } from "../../src/model/target";
import { targetInventory } from "../../src/synth/guard-targets";
import { at, type Attributes, isMap, type Value } from "../../src/values/value";
import { objectOf } from "../reachability/support";

type Change = (resources: readonly Resource[]) => readonly Resource[];

const read = new Map<Target, readonly Resource[]>();

/** What a target's stacks make. */
export function resourcesOf(target: Target): readonly Resource[] {
  const resources = read.get(target) ?? targetInventory(target).resources;
  read.set(target, resources);
  return resources;
}

/** What the API server has against a target, after something was done to what its stacks make. */
export function objectionsTo(target: Target, ...changes: readonly Change[]): Objection[] {
  return objections(admissionWorld(changes.reduce((all, change) => change(all), resourcesOf(target))));
}

export function said(found: readonly Objection[]): string[] {
  return found.map(
    ({ gate, who, object, says, unsure }) =>
      `${gate}: ${who}, ${object}: ${unsure ? "undecided: " : ""}${says}`,
  );
}

/** Another value at a path of an object, `LimitRange payments/container-limits`; undefined takes it away. */
export function withValue(object: string, where: string, value: unknown): Change {
  return changing((each) => objectOf(each) === object, object, where, value);
}

/** Another value of a chart's release. */
export function withChartValue(chart: string, where: string, value: unknown): Change {
  const isRelease = ({ type, attributes }: Resource) => type === "helm_release" && attributes.name === chart;
  return changing(isRelease, chart, `values.${where}`, value);
}

function changing(isMeant: (each: Resource) => boolean, name: string, where: string, value: unknown): Change {
  return (all) => {
    if (!all.some(isMeant)) throw new Error(`no ${name}`);
    return all.map((each) =>
      isMeant(each)
        ? { ...each, attributes: replaced(each.attributes, where.split("."), fromJson(value)) as Attributes }
        : each,
    );
  };
}

function replaced(value: Value, [step, ...rest]: readonly string[], by: Value): Value {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((each: Value, index) => (String(index) === step ? replaced(each, rest, by) : each));
  return { ...(isMap(value) && value), [step]: replaced(at(value, step), rest, by) };
}
