import { parseValues } from "../diff/documents";
import { counted, type Phrase, say, words } from "../model/phrase";
import { at, field, fields, isObject, items, type Json, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { isUnknownAt, type Surroundings } from "./surroundings";
import { versionPhrase } from "./versions";

export function everyNode(change: PlannedChange, around: Surroundings): Phrase {
  const nodes = around.nodesBeside(change);
  return nodes === undefined
    ? words("every node")
    : say`every node (${counted(nodes, "node")} in these plans)`;
}

export interface VersionStep {
  readonly said: Phrase;
  /** Undefined where the new one is known after apply. */
  readonly from: string;
  readonly to?: string;
}

export function versionStep(change: PlannedChange, key: string): VersionStep | undefined {
  const [old, now] = [text(field(change.before, key)), text(field(change.after, key))];
  if (old !== undefined && now === undefined && isUnknownAt(change, key))
    return { said: say`from ${old} to a version known after apply`, from: old };
  return old === undefined || now === undefined || old === now
    ? undefined
    : { said: versionPhrase(old, now), from: old, to: now };
}

export function chartOf(change: PlannedChange): string {
  const chart = text(field(change.after, "chart")) ?? text(field(change.before, "chart")) ?? "";
  return chart.replace(/\/+$/, "").replace(/^.*\//, "");
}

/** Values of the release, of several documents as Helm puts them together; a list where one of them can't be read. */
export function valuesOf(values: Json): Json {
  const documents = items(field(values, "values")).map((each) => parseValues(text(each) ?? "") ?? each);
  if (documents.length > 1 && documents.every(isObject)) return documents.reduce<Json>(merged, {});
  return documents.length === 1 ? (documents[0] ?? null) : documents;
}

/** Maps merge, all else is replaced (helm.sh/docs/chart_template_guide/values_files). */
function merged(a: Json, b: Json): Json {
  if (!isObject(a) || !isObject(b)) return b;
  const steps = fields(b).map(([key, value]): [string, Json] => {
    const old = Object.hasOwn(a, key) ? field(a, key) : undefined;
    return [key, old === undefined ? value : merged(old, value)];
  });
  return { ...a, ...Object.fromEntries(steps) };
}

/** Objects of the manifests chart, by key. */
export function manifestsOf(values: Json): ReadonlyMap<string, Json> {
  const all = field(valuesOf(values), "manifests");
  return new Map(fields(all).filter(([, each]) => isObject(each) && text(field(each, "kind")) !== undefined));
}

export function kindOf(object: Json): string {
  return text(field(object, "kind")) ?? "?";
}

export function objectName(object: Json): string {
  return text(at(object, ["metadata", "name"])) ?? "?";
}

/** `NetworkPolicy deny-all` */
export function titleOf(object: Json): string {
  return `${kindOf(object)} ${objectName(object)}`;
}

/** By group and not by version: Istio's Gateway and that of the Gateway API are two kinds. */
export function identityOf(object: Json): string {
  const metadata = field(object, "metadata");
  const [group = "", version] = text(field(object, "apiVersion"))?.split("/") ?? [];
  return JSON.stringify([
    version === undefined ? "" : group,
    ...[field(object, "kind"), field(metadata, "namespace"), field(metadata, "name")].map(
      (each) => each ?? null,
    ),
  ]);
}

/** Objects before and after, by what the cluster knows them by: a key of the values that moves is not a change. */
export function objectSteps(
  change: PlannedChange,
): readonly (readonly [Json | undefined, Json | undefined])[] {
  const [before, after] = [change.before, change.after].map(
    (values) => new Map([...manifestsOf(values).values()].map((each) => [identityOf(each), each])),
  );
  const ids = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...ids].map((id) => [before?.get(id), after?.get(id)] as const);
}
