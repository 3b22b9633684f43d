import type { Resource } from "../resource";
import { fromJson } from "./expression";
import { expand } from "./expand";
import { expandModule } from "./expand-module";
import { isJsonMap, listOf, mapAt } from "./json";
import { at, type Attributes, isMap } from "../../values/value";

/**
 * Everything a rule can judge in the Terraform JSON of a stack. Registry modules are read by their inputs: as the
 * resources that the module makes of them.
 *
 * @param stack id of the stack
 */
export function readStack(json: unknown, stack: string): Resource[] {
  const make = (type: string, address: string, attributes: unknown): Resource => {
    const read = fromJson(attributes);
    return { type, address, stack, source: "input", attributes: isMap(read) ? withoutMetadata(read) : {} };
  };
  const terraform = make("terraform", "terraform", mapAt(json, "terraform"));
  const providers = Object.entries(mapAt(json, "provider")).flatMap(([name, configs]) =>
    listOf(configs).map((config, index) =>
      make(`provider.${name}`, `provider.${name}${index === 0 ? "" : `[${index}]`}`, config),
    ),
  );
  return [
    terraform,
    ...providers,
    ...blocks(mapAt(json, "data")).map(([type, name, block]) =>
      make(`data.${type}`, `data.${type}.${name}`, block),
    ),
    ...blocks(mapAt(json, "resource")).flatMap(([type, name, block]) =>
      expand(make(type, `${type}.${name}`, block)),
    ),
    ...Object.entries(mapAt(json, "module")).flatMap(([name, call]) => {
      const module = make("module", `module.${name}`, call);
      return [module, ...expandModule(module).flatMap(expand)];
    }),
    ...Object.entries(mapAt(json, "output")).map(([name, output]) =>
      make("output", `output.${name}`, output),
    ),
  ];
}

/** Stacks of the target that this one reads, by id. */
export function readStates(resources: readonly Resource[], stack: string): string[] {
  return resources
    .filter((each) => each.stack === stack && each.type === "data.terraform_remote_state")
    .map((each) => each.address.split(".").at(-1) ?? "");
}

/** Whether a stack reads another's state. A stack id is the workspace and the stack's name. */
export function keyOfState(resource: Resource): string | undefined {
  const key = at(resource.attributes, "config", "key");
  return typeof key === "string" ? key : undefined;
}

function blocks(types: Readonly<Record<string, unknown>>): [string, string, unknown][] {
  return Object.entries(types).flatMap(([type, named]) =>
    isJsonMap(named)
      ? Object.entries(named).map(([name, block]): [string, string, unknown] => [type, name, block])
      : [],
  );
}

function withoutMetadata({ "//": metadata, ...attributes }: Attributes): Attributes {
  const path = at(metadata, "metadata", "path");
  return typeof path === "string" ? { ...attributes, "//path": path } : attributes;
}
