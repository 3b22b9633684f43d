import { at, field, fields, isArray, isObject, items, type Json, sameJson } from "../../terraform-plan/json";
import type { Plan, PlannedChange } from "../read/plan";
import { withQuotedReferences } from "./templates";
import { resourcesOfModule, type SynthesizedResource } from "./module-resources";

/**
 * What a plan would say of the step from one synthesis of a stack to another, if the first one was deployed as it is. Nothing
 * is computed and nothing replaced: by which attributes it would be is said by the rules.
 */
export function planOfSteps(stack: string, before: Json | undefined, after: Json | undefined): Plan {
  const [old, now] = [resourcesOf(before), resourcesOf(after)];
  const addresses = [...new Set([...old.keys(), ...now.keys()])].sort();
  return {
    stack,
    source: stack,
    terraformVersion: "unknown",
    changes: addresses.flatMap((address) => stepOf(stack, old.get(address), now.get(address))),
    drift: [],
    outputs: [],
    failedChecks: [],
    deferred: 0,
    errored: false,
    complete: true,
    placeholders: [],
    priorState: null,
    isSynthesized: true,
  };
}

function stepOf(
  stack: string,
  old: SynthesizedResource | undefined,
  now: SynthesizedResource | undefined,
): PlannedChange[] {
  const either = now ?? old;
  if (either === undefined) return [];
  const action =
    old === undefined
      ? "create"
      : now === undefined
        ? "delete"
        : sameJson(old.values, now.values)
          ? "no-op"
          : "update";
  return [
    {
      stack,
      address: either.address,
      mode: "managed",
      type: either.type,
      action,
      rawActions: [action],
      createBeforeDelete: false,
      importing: false,
      before: old?.values ?? null,
      after: now === undefined ? null : applied(old, now),
      afterUnknown: {},
      beforeSensitive: {},
      afterSensitive: {},
      replacePaths: [],
    },
  ];
}

/** The size at which a group runs is the autoscaler's: the module ignores changes of it (eks 21.11.0, `ignore_changes`). */
function applied(old: SynthesizedResource | undefined, now: SynthesizedResource): Json {
  const runs = at(old?.values, ["scaling_config", 0, "desired_size"]);
  if (now.type !== "aws_eks_node_group" || runs === undefined) return now.values;
  const [bounds] = items(now.values.scaling_config);
  return { ...now.values, scaling_config: [{ ...(isObject(bounds) ? bounds : {}), desired_size: runs }] };
}

function resourcesOf(stack: Json | undefined): ReadonlyMap<string, SynthesizedResource> {
  const own = fields(field(stack, "resource")).flatMap(([type, named]) =>
    fields(named).map(([name, block]) => ownResource(type, name, block)),
  );
  const called = fields(field(stack, "module")).flatMap(([name, call]) => resourcesOfModule(name, call));
  return new Map([...own, ...called].map((each) => [each.address, each]));
}

/** With the references as its ids that others name it by. */
function ownResource(type: string, name: string, block: Json): SynthesizedResource {
  const address = `${type}.${name}`;
  const values = Object.fromEntries(
    fields(block)
      .filter(([key]) => !META.has(key))
      .map(([key, value]) => [key, BLOCKS.has(key) && isObject(value) ? [value] : readable(value)]),
  );
  return { address, type, values: { ...references(address), ...flat(values) } };
}

/** Documents in texts, alone or in a list, as far as Terraform has something to put into them. */
function readable(value: Json): Json {
  if (isArray(value)) return value.map(readable);
  return typeof value === "string" && /^\s*[[{]/.test(value) ? withQuotedReferences(value) : value;
}

function references(address: string): { readonly [key: string]: Json } {
  return Object.fromEntries(["id", "arn", "key_id"].map((key) => [key, `\${${address}.${key}}`]));
}

/** What is for Terraform and cdktf, and no attribute of the resource. */
const META: ReadonlySet<string> = new Set(["//", "depends_on", "lifecycle", "provider", "count", "for_each"]);

/** Blocks that a plan holds as lists of one, of the resources that the rules look into. */
const BLOCKS: ReadonlySet<string> = new Set(["versioning_configuration", "access_scope", "launch_template"]);

/** Without what is not set: a plan has null for it, a synthesis has no key. */
function flat(values: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && !(isArray(value) && value.length === 0)),
  );
}
