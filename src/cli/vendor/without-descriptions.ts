import { type Fields, isFields } from "../fields";

/** Keywords of a schema that hold a schema, a list of schemas, or schemas by name. */
const ONE = ["items", "additionalProperties", "not"];
const LISTED = ["allOf", "anyOf", "oneOf"];
const NAMED = ["properties", "patternProperties", "definitions"];

/**
 * A custom resource definition without what only people read, which is most of its size. A property that is called
 * `description` stays, and so do defaults and enumerated values.
 */
export function withoutDescriptions(object: Fields): Fields {
  const { spec } = object;
  if (object.kind !== "CustomResourceDefinition" || !isFields(spec) || !Array.isArray(spec.versions))
    return object;
  return { ...object, spec: { ...spec, versions: spec.versions.map(version) } };
}

function version(value: unknown): unknown {
  if (!isFields(value) || !isFields(value.schema)) return value;
  const { openAPIV3Schema: root } = value.schema;
  const columns = value.additionalPrinterColumns;
  return {
    ...value,
    ...(Array.isArray(columns) && { additionalPrinterColumns: columns.map(withoutDescription) }),
    schema: { ...value.schema, openAPIV3Schema: schema(root) },
  };
}

function schema(value: unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([keyword]) => keyword !== "description")
      .map(([keyword, below]): [string, unknown] => {
        if (ONE.includes(keyword)) return [keyword, schema(below)];
        if (LISTED.includes(keyword) && Array.isArray(below)) return [keyword, below.map(schema)];
        if (NAMED.includes(keyword) && isFields(below)) return [keyword, mapped(below)];
        return [keyword, below];
      }),
  );
}

const mapped = (schemas: Fields): Fields =>
  Object.fromEntries(Object.entries(schemas).map(([name, below]) => [name, schema(below)]));

function withoutDescription(value: unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([field]) => field !== "description"));
}
