import { isJsonMap, type JsonMap } from "../../src/guardrails/read/json";
import type { ResourceType } from "./resource-types";

/**
 * The attribute of a Terraform resource that a CloudFormation property stands for: by the names that `type` gives, else
 * by the same name with underscores. Undefined where the provider's schema has no such attribute.
 */
export function terraformPath(property: string, type: ResourceType, block: JsonMap): string | undefined {
  const renamed = rename(property, type.properties ?? {});
  if (renamed === undefined) return undefined;
  const path = renamed.replaceAll("[]", "").split(".").map(snakeCase);
  return attributePath(block, path)?.join(".");
}

/** The longest name that begins the property wins; an empty one takes the level away. */
function rename(property: string, names: Readonly<Record<string, string>>): string | undefined {
  const plain = property.replaceAll("[]", "");
  const known = Object.keys(names)
    .filter((each) => plain === each || plain.startsWith(`${each}.`))
    .sort((a, b) => b.length - a.length)[0];
  if (known === undefined) return plain;
  const rest = plain.slice(known.length).replace(/^\./, "");
  const name = names[known] ?? "";
  if (name === "" && rest === "") return undefined;
  return [name, rest].filter((part) => part !== "").join(".");
}

/** `KmsKeyId` to `kms_key_id`, `ResourcesVpcConfig` to `resources_vpc_config`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** A list of blocks has the name of one in Terraform: `StatefulRules` is `stateful_rule`. */
function attributePath(block: JsonMap, [first = "", ...rest]: readonly string[]): string[] | undefined {
  for (const name of [first, first.replace(/s$/, "")]) {
    const attribute = isJsonMap(block.attributes) ? block.attributes[name] : undefined;
    if (isJsonMap(attribute) && isWritable(attribute) && hasFields(attribute.type, rest))
      return [name, ...rest];
    const nested = isJsonMap(block.block_types) ? block.block_types[name] : undefined;
    if (!isJsonMap(nested)) continue;
    if (rest.length === 0) return [name];
    const below = isJsonMap(nested.block) ? attributePath(nested.block, rest) : undefined;
    if (below !== undefined) return [name, ...below];
  }
  return undefined;
}

/** Whether an attribute's type, such as `["set", ["object", { … }]]`, has the fields. */
function hasFields(type: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  if (!Array.isArray(type)) return false;
  const [kind, inner] = type as readonly unknown[];
  if (kind !== "object") return hasFields(inner, [first, ...rest]);
  return isJsonMap(inner) && inner[first] !== undefined && hasFields(inner[first], rest);
}

function isWritable({ required, optional }: JsonMap): boolean {
  return required === true || optional === true;
}
