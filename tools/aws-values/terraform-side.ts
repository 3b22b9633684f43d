import { isJsonMap, type JsonMap } from "../../src/guardrails/read/json";
import type { Constraint } from "./property-constraints";

interface Side {
  /** Of the provider's schema. */
  readonly block: JsonMap;
  /** Attributes that may be left out although CloudFormation asks for the property. */
  readonly optional: readonly string[];
}

/**
 * Without what Terraform takes care of: entries of a set are never the same, and what the provider computes, or fills in
 * by itself, need not be written.
 */
export function withoutTerraforms(
  constraint: Constraint,
  path: string,
  { block, optional }: Side,
): Constraint {
  const { required, uniqueItems, ...rest } = constraint;
  const schema = schemaAt(block, path.split("."));
  const isWritten = !optional.includes(path) && schema?.computed !== true;
  return {
    ...rest,
    ...(required === true && isWritten && { required }),
    ...(uniqueItems === true && isList(schema) && { uniqueItems }),
  };
}

function isList(schema: JsonMap | undefined): boolean {
  return schema?.nesting_mode === "list" || (Array.isArray(schema?.type) && schema.type[0] === "list");
}

/** An attribute's schema or a block's; undefined within an attribute of objects. */
function schemaAt(block: JsonMap, [first = "", ...rest]: readonly string[]): JsonMap | undefined {
  const nested = isJsonMap(block.block_types) ? block.block_types[first] : undefined;
  const attribute = isJsonMap(block.attributes) ? block.attributes[first] : undefined;
  if (rest.length === 0) return [nested, attribute].find(isJsonMap);
  return isJsonMap(nested) && isJsonMap(nested.block) ? schemaAt(nested.block, rest) : undefined;
}
