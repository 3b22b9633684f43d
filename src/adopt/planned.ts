import { at, field, fields, isObject, items, type Json, type JsonObject, text } from "../terraform-plan/json";
import type { PlanDocument } from "../terraform-plan/plan-document";

/** A resource that a plan would make, or has an import block for. */
export interface Planned {
  readonly address: string;
  readonly type: string;
  /** What the plan knows of it; what it does not is left out. */
  readonly attributes: JsonObject;
  /** Names of those that are known after apply only. */
  readonly unknown: ReadonlySet<string>;
}

/** What an attribute is taken from: an attribute of another planned resource. */
export interface Reference {
  readonly address: string;
  readonly path: string;
}

/** What a plan would make, and what refers to what. */
export interface PlannedStack {
  readonly created: readonly Planned[];
  readonly refer: (address: string, attribute: string) => Reference | undefined;
}

export function plannedStack(plan: PlanDocument): PlannedStack {
  const managed = plan.resourceChanges.filter((each) => field(each, "mode") !== "data");
  const addresses = new Set(managed.flatMap((each) => text(field(each, "address")) ?? []));
  const created = managed.flatMap((each): Planned[] => {
    const address = text(field(each, "address"));
    const type = text(field(each, "type"));
    const actions = items(at(each, ["change", "actions"]));
    const isCreated = actions.length === 1 && actions[0] === "create";
    if (address === undefined || type === undefined || !isCreated) return [];
    const after = at(each, ["change", "after"]);
    const unknown = new Set(
      fields(at(each, ["change", "after_unknown"])).flatMap(([name, mark]) => (mark === true ? [name] : [])),
    );
    const known = fields(after).filter(([name, value]) => value !== null && !unknown.has(name));
    return [{ address, type, attributes: Object.fromEntries(known), unknown }];
  });
  const configuration = field(plan.configuration, "root_module") ?? null;
  return {
    created,
    refer: (address, attribute) => {
      const here = stepsOf(address);
      const block = blockOf(configuration, here);
      return resolve(at(block, ["expressions", attribute]), here, configuration, addresses, 0);
    },
  };
}

/** An address taken apart: the modules that it is in, each with its key as it is written, and itself. */
interface Steps {
  readonly modules: readonly Named[];
  readonly type: string;
  readonly name: string;
  readonly key: string;
}
interface Named {
  readonly name: string;
  readonly key: string;
}

const STEP = /([^.[\]]+)|(\[(?:\d+|"(?:[^"\\]|\\.)*")\])/g;

/** `module.vpc.aws_subnet.a[0].id`: words, and keys in brackets. */
function words(reference: string): readonly string[] {
  return reference.match(STEP) ?? [];
}

function stepsOf(address: string): Steps {
  const rest = [...words(address)];
  const modules: Named[] = [];
  const key = () => (rest[0]?.startsWith("[") ? (rest.shift() ?? "") : "");
  while (rest[0] === "module") {
    rest.shift();
    const name = rest.shift() ?? "";
    modules.push({ name, key: key() });
  }
  const [type = "", name = ""] = rest.splice(0, 2);
  return { modules, type, name, key: key() };
}

function moduleOf(configuration: Json, modules: readonly Named[]): Json {
  return modules.reduce<Json>(
    (module, { name }) => at(module, ["module_calls", name, "module"]) ?? null,
    configuration,
  );
}

function blockOf(configuration: Json, { modules, type, name }: Steps): Json | undefined {
  return items(field(moduleOf(configuration, modules), "resources")).find(
    (each) => field(each, "type") === type && field(each, "name") === name && field(each, "mode") !== "data",
  );
}

/** Modules and outputs lead to each other in no circle; a plan that does so is damaged. */
const DEEPEST = 40;

/** What an expression is taken from, where that is one resource of the plan. Locals are not in a plan: what they hold nobody knows. */
function resolve(
  expression: Json | undefined,
  here: Pick<Steps, "modules" | "key">,
  configuration: Json,
  addresses: ReadonlySet<string>,
  depth: number,
): Reference | undefined {
  if (!isObject(expression) || depth > DEEPEST) return undefined;
  const all = items(field(expression, "references")).filter((each) => typeof each === "string");
  // Terraform lists each reference and then its beginnings.
  const whole = all.filter((each, index) => !(index > 0 && isBeginning(each, all[index - 1] ?? "")));
  const found = whole.flatMap((each) => target(each, here, configuration, addresses, depth) ?? []);
  const [first] = found;
  return found.every((each) => each.address === first?.address && each.path === first.path)
    ? first
    : undefined;
}

function isBeginning(short: string, long: string): boolean {
  return long.startsWith(short) && /^[.[]/.test(long.slice(short.length));
}

function target(
  reference: string,
  { modules, key }: Pick<Steps, "modules" | "key">,
  configuration: Json,
  addresses: ReadonlySet<string>,
  depth: number,
): Reference | undefined {
  const [first = "", second = "", ...rest] = words(reference);
  if (["data", "local", "each", "count", "path", "terraform", "self"].includes(first)) return undefined;
  if (first === "var") {
    const caller = modules.slice(0, -1);
    const called = modules.at(-1);
    if (called === undefined) return undefined;
    const call = at(moduleOf(configuration, caller), ["module_calls", called.name, "expressions", second]);
    return resolve(call, { modules: caller, key: called.key }, configuration, addresses, depth + 1);
  }
  if (first === "module") {
    const moduleKey = rest[0]?.startsWith("[") ? (rest.shift() ?? "") : "";
    const inside = [...modules, { name: second, key: moduleKey }];
    const output = at(moduleOf(configuration, inside), ["outputs", rest[0] ?? "", "expression"]);
    return resolve(output, { modules: inside, key }, configuration, addresses, depth + 1);
  }
  const given = rest[0]?.startsWith("[") ? (rest.shift() ?? "") : undefined;
  const base = `${modules.map((each) => `module.${each.name}${each.key}.`).join("")}${first}.${second}`;
  const address = instanceOf(base, given, key, addresses);
  const path = rest
    .map((each) => (each.startsWith("[") ? each.slice(1, -1).replaceAll('"', "") : each))
    .join(".");
  return address === undefined || path === "" ? undefined : { address, path };
}

/** The instance that is named; of several without a key, the one with the key of whoever asks, or the only one. */
function instanceOf(
  base: string,
  given: string | undefined,
  own: string,
  addresses: ReadonlySet<string>,
): string | undefined {
  const exact = [
    given === undefined ? undefined : base + given,
    given === undefined ? base : undefined,
    base + own,
  ];
  const found = exact.find((each) => each !== undefined && addresses.has(each));
  if (found !== undefined || given !== undefined) return found;
  const all = [...addresses].filter((each) => each.startsWith(`${base}[`));
  return all.length === 1 ? all[0] : undefined;
}
