import { type AwsPlace, byType, type Resource } from "../../guardrails/resource";
import { at, isList, isMap, isUnknown, text, type Value } from "../../values/value";
import type { ClusterPlace } from "../../components/calls-of";

/** What the needs of a target's identities are read from. */
export interface Stacks {
  readonly resources: readonly Resource[];
  readonly place: AwsPlace;
}

export function ofType({ resources }: Stacks, ...types: readonly string[]): readonly Resource[] {
  const [type, ...others] = types;
  if (type === undefined) return [];
  return others.length === 0
    ? (byType(resources).get(type) ?? [])
    : resources.filter((each) => types.includes(each.type));
}

/** Kubernetes objects of a kind, which the platform's own releases make. */
export function objects(stacks: Stacks, ...kinds: readonly string[]): readonly Resource[] {
  return ofType(stacks, ...kinds.map((kind) => `k8s:${kind}`));
}

/** Values of the releases of a chart, by its name behind the last slash. */
export function releasesOf(stacks: Stacks, chart: string): Resource[] {
  return ofType(stacks, "helm_release").filter(
    ({ attributes }) => text(attributes.chart).split("/").at(-1) === chart,
  );
}

/** A text, or the reference that stands for it: values of charts have it as JSON. */
export function written(value: Value): string {
  if (!isUnknown(value)) return text(value);
  return value.text.replace(/^\$\{jsonencode\((.*)\)\}$/, "$${$1}");
}

/** All values of some keys, however deep: `topic_arn` of an alert's receivers. */
export function deep(value: Value, ...keys: readonly string[]): string[] {
  const found: string[] = [];
  collect(value, keys, found);
  return found;
}

function collect(value: Value, keys: readonly string[], found: string[]): void {
  if (isList(value)) for (const each of value) collect(each, keys, found);
  else if (isMap(value))
    for (const [name, each] of Object.entries(value)) {
      const own = keys.includes(name) ? written(each) : "";
      if (own === "") collect(each, keys, found);
      else found.push(own);
    }
}

export function clusterPlace({ place }: Stacks, clusterName: string): ClusterPlace {
  return { partition: place.partition, region: place.region, accountId: place.account, clusterName };
}

export function values({ attributes }: Resource, ...path: readonly string[]): Value {
  return at(attributes, "values", ...path);
}

export const unique = (list: readonly string[]): string[] => [...new Set(list)].filter((each) => each !== "");
