import {
  at,
  field,
  fields,
  isArray,
  isObject,
  items,
  type Json,
  type JsonObject,
  text,
} from "../../terraform-plan/json";
import { isState, planDocument, terraformJson } from "../../terraform-plan/plan-document";
import { HIDDEN } from "../../text/secrets";
import { Part } from "../part";
import { references, type References } from "./references";

/** A resource or data source, at one of its indices. */
export interface Resource {
  /** `module.vpc.aws_subnet.private[0]` */
  readonly address: string;
  /** `module.vpc`, with its own indices; empty in the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly key: string;
  readonly isData: boolean;
  /** What it is, without what is not known yet; what is secret is hidden. */
  readonly part: Part;
  readonly values: JsonObject;
}

/** What a plan or a state has of a project. */
export interface Project {
  readonly file: string;
  readonly resources: readonly Resource[];
  /** Who refers to whom, for what has no id yet. */
  readonly references: References;
  /** Of its AWS provider, where it is written. */
  readonly region?: string;
}

/**
 * What `terraform show -json` prints of a plan or of a state, or a state file itself.
 *
 * @throws PlanError that says what the text is in place of one
 */
export function projectOf(raw: string, file: string): Project {
  const root = terraformJson(raw, file);
  if (Array.isArray(field(root, "resources")) && field(root, "lineage") !== undefined)
    return { file, resources: items(field(root, "resources")).flatMap(stored), references: references(null) };
  if (isState(root)) {
    const resources = inModule(at(root, ["values", "root_module"]));
    return { file, resources, references: references(null) };
  }
  const plan = planDocument(root, file);
  const before = new Map(
    inModule(field(field(plan.priorState, "values"), "root_module")).map((each) => [each.address, each]),
  );
  const planned = inModule(field(plan.plannedValues, "root_module"), before);
  const seen = new Set(planned.map(({ address }) => address));
  const data = [...before.values()].filter((each) => each.isData && !seen.has(each.address));
  const region = regionOf(plan.configuration, field(root, "variables"));
  return {
    file,
    resources: [...planned, ...data],
    references: references(plan.configuration),
    ...(region !== undefined && { region }),
  };
}

function inModule(module: Json | undefined, before?: ReadonlyMap<string, Resource>): Resource[] {
  const address = text(field(module, "address")) ?? "";
  return [
    ...items(field(module, "resources")).map((each) => shown(each, address, before)),
    ...items(field(module, "child_modules")).flatMap((each) => inModule(each, before)),
  ];
}

function shown(each: Json, module: string, before?: ReadonlyMap<string, Resource>): Resource {
  const address = text(field(each, "address")) ?? "";
  const own = bare(field(each, "values") ?? {}, field(each, "sensitive_values"));
  return resource({
    address,
    module,
    type: text(field(each, "type")) ?? "",
    name: text(field(each, "name")) ?? "",
    key: keyText(field(each, "index")),
    isData: field(each, "mode") === "data",
    // What is not known before an apply is what it was.
    values: { ...before?.get(address)?.values, ...(isObject(own) ? own : {}) },
  });
}

/** Of a state file, which lists resources with their instances. */
function stored(each: Json): Resource[] {
  const module = text(field(each, "module")) ?? "";
  const type = text(field(each, "type")) ?? "";
  const name = text(field(each, "name")) ?? "";
  const isData = field(each, "mode") === "data";
  return items(field(each, "instances")).map((instance) => {
    const key = keyText(field(instance, "index_key"));
    const index =
      key === "" ? "" : typeof field(instance, "index_key") === "number" ? `[${key}]` : `["${key}"]`;
    const plain = [...(module === "" ? [] : [module]), ...(isData ? ["data"] : []), type, name].join(".");
    const secret = secretPaths(field(instance, "sensitive_attributes"));
    const own = bare(field(instance, "attributes") ?? {}, secret);
    return resource({
      address: `${plain}${index}`,
      module,
      type,
      name,
      key,
      isData,
      values: isObject(own) ? own : {},
    });
  });
}

function resource(all: Omit<Resource, "part">): Resource {
  return { ...all, part: Part.ofValue(all.values, all.address) };
}

function keyText(key: Json | undefined): string {
  return typeof key === "number" ? String(key) : (text(key) ?? "");
}

/** Whole attributes, by the first step of each path. */
function secretPaths(paths: Json | undefined): Json {
  return Object.fromEntries(
    items(paths).flatMap((path) => {
      const first = text(field(items(path)[0], "value"));
      return first === undefined ? [] : [[first, true] as const];
    }),
  );
}

/** Without what is not set, and with what is secret hidden. */
function bare(value: Json, secret: Json | undefined): Json {
  if (secret === true) return HIDDEN;
  if (isArray(value)) return value.map((each, index) => bare(each, items(secret)[index]));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    fields(value)
      .map(([key, each]) => [key, bare(each, field(secret, key))] as const)
      .filter(([, each]) => !isNothing(each)),
  );
}

function isNothing(value: Json): boolean {
  return (
    value === null ||
    value === "" ||
    (isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

function regionOf(configuration: Json, variables: Json | undefined): string | undefined {
  const expression = field(
    field(field(field(configuration, "provider_config"), "aws"), "expressions"),
    "region",
  );
  const written = text(field(expression, "constant_value"));
  if (written !== undefined) return written;
  const [reference] = items(field(expression, "references"));
  const name = /^var\.(.+)$/.exec(text(reference) ?? "")?.[1];
  return name === undefined ? undefined : text(field(field(variables, name), "value"));
}
