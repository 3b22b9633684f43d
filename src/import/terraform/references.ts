import { field, fields, isArray, isObject, items, type Json, text } from "../../terraform-plan/json";

/** Who refers to whom, by the configuration that a plan holds. */
export interface References {
  /**
   * Addresses without indices of what an attribute of a resource refers to, through variables and outputs of modules.
   *
   * @param module address of its module, with or without indices
   */
  from(module: string, resource: string, attribute: string): readonly string[];
}

interface Call {
  readonly expressions: Json | undefined;
  readonly each: readonly string[];
}

interface Module {
  readonly node: Json;
  readonly parent?: string;
  readonly call?: Call;
}

/** @param configuration of a plan; null of what has none */
export function references(configuration: Json): References {
  const modules = new Map<string, Module>();
  collect(field(configuration, "root_module") ?? null, "", modules);
  return {
    from: (module, resource, attribute) => {
      const path = withoutIndices(module);
      const config = items(field(modules.get(path)?.node, "resources")).find(
        (each) => field(each, "address") === resource && field(each, "mode") !== "data",
      );
      const each = referencesIn(field(config, "for_each_expression"));
      const found = referencesIn(field(field(config, "expressions"), attribute));
      return [...new Set(found.flatMap((one) => resolve(one, path, each, modules, new Set())))];
    },
  };
}

function collect(node: Json, path: string, into: Map<string, Module>, parent?: string, call?: Call): void {
  into.set(path, { node, ...(parent !== undefined && { parent }), ...(call && { call }) });
  for (const [name, each] of fields(field(node, "module_calls"))) {
    const inner = path === "" ? `module.${name}` : `${path}.module.${name}`;
    collect(field(each, "module") ?? null, inner, into, path, {
      expressions: field(each, "expressions"),
      each: referencesIn(field(each, "for_each_expression")),
    });
  }
}

function resolve(
  reference: string,
  path: string,
  each: readonly string[],
  modules: ReadonlyMap<string, Module>,
  seen: Set<string>,
): readonly string[] {
  const id = `${path} ${reference}`;
  if (seen.has(id)) return [];
  seen.add(id);
  const [kind = "", name = "", output] = withoutIndices(reference).split(".");
  const module = modules.get(path);
  const all = (found: readonly string[], where: string, ofEach: readonly string[]) =>
    found.flatMap((one) => resolve(one, where, ofEach, modules, seen));
  switch (kind) {
    case "var": {
      if (module?.parent === undefined) return [];
      const given = referencesIn(field(module.call?.expressions, name));
      return all(given, module.parent, module.call?.each ?? []);
    }
    case "each":
      return all(each, path, []);
    case "module": {
      if (output === undefined) return [];
      const inner = path === "" ? `module.${name}` : `${path}.module.${name}`;
      const given = field(field(modules.get(inner)?.node, "outputs"), output);
      return all(referencesIn(field(given, "expression")), inner, []);
    }
    case "data":
      return output === undefined ? [] : [inModule(path, `data.${name}.${output}`)];
    case "local":
    case "count":
    case "path":
    case "self":
    case "terraform":
      return [];
    default:
      return name === "" ? [] : [inModule(path, `${kind}.${name}`)];
  }
}

function inModule(path: string, address: string): string {
  return path === "" ? address : `${path}.${address}`;
}

/** All of an expression, however deep. */
function referencesIn(expression: Json | undefined): readonly string[] {
  if (isArray(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  return fields(expression).flatMap(([key, value]) =>
    key === "references" ? items(value).flatMap((each) => text(each) ?? []) : referencesIn(value),
  );
}

export function withoutIndices(address: string): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\]/g, "");
}
