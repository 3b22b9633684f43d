import { isJsonMap, type JsonMap } from "../../src/guardrails/read/json";

/**
 * Names of attributes as the provider's schema has them: the source has constants for many, whose names differ in capitals
 * and underscores only. Undefined where the resource has no such attribute, or nobody can write it.
 */
export function attributeNames(path: string, block: JsonMap): string | undefined {
  const found: string[] = [];
  let here: JsonMap | undefined = block;
  for (const step of path.split(".").filter((each) => !/^\d+$/.test(each))) {
    const attributes = mapIn(here, "attributes");
    const blocks = mapIn(here, "block_types");
    const name = [...Object.keys(attributes), ...Object.keys(blocks)].find(
      (each) => plain(each) === plain(step),
    );
    if (name === undefined) return undefined;
    const attribute = attributes[name];
    if (isJsonMap(attribute) && attribute.required !== true && attribute.optional !== true) return undefined;
    found.push(name);
    const nested = blocks[name];
    here = isJsonMap(nested) && isJsonMap(nested.block) ? nested.block : undefined;
  }
  return found.join(".");
}

function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

function mapIn(node: JsonMap | undefined, key: string): JsonMap {
  const value = node?.[key];
  return isJsonMap(value) ? value : {};
}
