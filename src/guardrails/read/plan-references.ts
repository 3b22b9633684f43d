import { isJsonMap, type JsonMap, listOf, mapAt } from "./json";

/**
 * Whether the configuration in a plan gives an attribute that is only known after apply: by references that all lead,
 * through the variables of modules, to resources or data sources. What no expression gives may stay empty.
 */
export function isGiven(configuration: unknown, address: string, attribute: string): boolean {
  const { modules, type, name } = parseAddress(address);
  const path = modulePath(mapAt(configuration, "root_module"), modules);
  const module = path.at(-1)?.module;
  if (module === undefined) return false;
  const resource = listOf(module.resources)
    .filter(isJsonMap)
    .find((each) => each.type === type && each.name === name);
  return leadsToResources(mapAt(resource?.expressions)[attribute], path);
}

/** A module, and the call's inputs that gave its variables. */
interface Level {
  readonly module: JsonMap;
  readonly inputs: JsonMap;
}

function modulePath(root: JsonMap, names: readonly string[]): Level[] {
  const path: Level[] = [{ module: root, inputs: {} }];
  for (const name of names) {
    const call = mapAt(path.at(-1)?.module, "module_calls", name);
    path.push({ module: mapAt(call.module), inputs: mapAt(call.expressions) });
  }
  return path;
}

function leadsToResources(expression: unknown, path: readonly Level[]): boolean {
  const references = listOf(mapAt(expression).references).filter((each) => typeof each === "string");
  const roots = references.filter(
    (each) => !references.some((other) => other !== each && other.startsWith(`${each}.`)),
  );
  return (
    roots.length === 1 &&
    roots.every((reference) => {
      const [first = "", second = ""] = reference.split(/[.[]/);
      if (first === "var")
        return path.length > 1 && leadsToResources(path.at(-1)?.inputs[second], path.slice(0, -1));
      return !["local", "each", "count", "path", "self", "terraform"].includes(first);
    })
  );
}

/** `module.a["x"].aws_b.c[0]` in its parts; `data.` does not matter here. */
function parseAddress(address: string): { modules: string[]; type: string; name: string } {
  const parts = address.replaceAll(/\[[^\]]*\]/g, "").split(".");
  const modules: string[] = [];
  while (parts[0] === "module") modules.push(...parts.splice(0, 2).slice(1));
  if (parts[0] === "data") parts.shift();
  return { modules, type: parts[0] ?? "", name: parts[1] ?? "" };
}
