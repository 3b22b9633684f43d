import { admissionWorld } from "../../src/admission/admission-world";
import { type Objection, objections } from "../../src/admission/decide";
import { fromJson } from "../../src/guardrails/read/expression";
import type { Resource } from "../../src/guardrails/resource";
import type { Target } from "../../src/model/target";
import type { Manifest } from "../../src/modules/manifest";
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

/** A label of an object, whose name may hold dots. */
export function withLabel(object: string, label: string, value: string): Change {
  return (all) => {
    if (!all.some((each) => objectOf(each) === object)) throw new Error(`no ${object}`);
    return all.map((each) => {
      if (objectOf(each) !== object) return each;
      const metadata = at(each.attributes, "metadata");
      const labels = { ...(at(metadata, "labels") as Attributes | undefined), [label]: value };
      return {
        ...each,
        attributes: { ...each.attributes, metadata: { ...(isMap(metadata) && metadata), labels } },
      };
    });
  };
}

/** One more object among what stacks make. */
export function withObject(manifest: Manifest): Change {
  const attributes = fromJson(manifest) as Attributes;
  return (all) => [
    ...all,
    {
      type: `k8s:${manifest.kind}`,
      address: `helm_release.by-hand_${manifest.metadata.name}`,
      stack: "by-hand",
      source: "input",
      attributes,
    },
  ];
}

/** Another version of a chart's release, with all its values. */
export function withVersion(release: string, version: string): Change {
  return (all) =>
    all.map((each) =>
      each.type === "helm_release" && each.attributes.name === release
        ? { ...each, attributes: { ...each.attributes, version } }
        : each,
    );
}
