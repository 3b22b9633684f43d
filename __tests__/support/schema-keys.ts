import { z } from "zod";
import type { JsonSchema } from "../../src/config/json-schema/target-schema-json";

/** A key of a schema: where it is, as users read paths, and what JSON Schema and zod say of it. */
export interface SchemaKey {
  /** `network.egress|1.reason`: `|1` is the second alternative, `*` any name, `[]` an item of a list. */
  readonly path: string;
  readonly json: JsonSchema;
  readonly zod: z.ZodType;
  readonly required: boolean;
}

/** Every key of every alternative. */
export function schemaKeys(json: JsonSchema, schema: z.ZodType, at = ""): SchemaKey[] {
  const inner = unwrapped(schema);
  const alternatives = json.oneOf ?? json.anyOf;
  if (alternatives !== undefined) {
    const options = (inner as z.ZodUnion).options as readonly z.ZodType[];
    return alternatives.flatMap((each, index) => schemaKeys(each, options[index]!, `${at}|${index}`));
  }
  if (json.items !== undefined) {
    return schemaKeys(json.items, (inner as z.ZodArray).element as z.ZodType, `${at}[]`);
  }
  if (typeof json.additionalProperties === "object") {
    return schemaKeys(json.additionalProperties, (inner as z.ZodRecord).valueType as z.ZodType, `${at}.*`);
  }
  return Object.entries(json.properties ?? {}).flatMap(([key, property]) => {
    const path = at === "" ? key : `${at}.${key}`;
    const zod = (inner as z.ZodObject).shape[key] as z.ZodType;
    return [
      { path, json: property, zod, required: json.required?.includes(key) ?? false },
      ...schemaKeys(property, zod, path),
    ];
  });
}

/** What is inside defaults, optionals and transforms, as users write it. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodPipe ? unwrapped(schema.in as z.ZodType) : schema;
}
