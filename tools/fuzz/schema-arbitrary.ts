import fc from "fast-check";
import type { JsonSchema } from "../../src/config/json-schema/target-schema-json";
import { hostileWords } from "./hostile-words";

type Schema = JsonSchema & {
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly propertyNames?: JsonSchema;
};

const word = fc.constantFrom(...hostileWords);
const junk = fc.oneof(
  word,
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(word, word, { maxKeys: 3 }),
);

/** Values that a schema of ours describes, mostly; some are of another kind, and some texts hostile. */
export function ofSchema(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 24, arbitrary: fitting(schema) }, { weight: 1, arbitrary: junk });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const { const: constant, enum: values, oneOf, anyOf, examples = [] } = schema;
  if (constant !== undefined) return fc.constant(constant);
  if (values !== undefined) return fc.constantFrom(...values);
  const options = oneOf ?? anyOf;
  if (options !== undefined) return fc.oneof(...options.map((option) => ofSchema(option)));
  const example = examples.length > 0 ? [fc.constantFrom(...examples)] : [];
  switch (schema.type) {
    case "object":
      return fc.oneof(...example, map(schema));
    case "array":
      return fc.oneof(
        ...example,
        fc.array(ofSchema(schema.items ?? {}), {
          minLength: Math.min(schema.minItems ?? 0, 3),
          maxLength: 3,
        }),
      );
    case "string":
      return fc.oneof(...example, text(schema), word);
    case "integer":
      return fc.integer({ min: bounded(schema.minimum, -5), max: bounded(schema.maximum, 5000) });
    case "number":
      return fc.double({ min: bounded(schema.minimum, -5), max: bounded(schema.maximum, 5000), noNaN: true });
    case "boolean":
      return fc.boolean();
    default:
      return junk;
  }
}

function bounded(value: number | undefined, otherwise: number): number {
  return value === undefined || Math.abs(value) > 2 ** 31 - 1 ? otherwise : value;
}

/** The keys it must have, and a few of the others. */
function map({
  properties = {},
  required = [],
  additionalProperties,
  propertyNames,
}: Schema): fc.Arbitrary<unknown> {
  if (typeof additionalProperties === "object") {
    const key = fc.oneof(text(propertyNames ?? {}), word);
    return fc.dictionary(key, ofSchema(additionalProperties), { maxKeys: 2 });
  }
  const others = Object.keys(properties).filter((key) => !required.includes(key));
  return fc
    .subarray(others, { maxLength: Math.min(3, others.length) })
    .chain((some) =>
      fc.record(
        Object.fromEntries([...required, ...some].map((key) => [key, ofSchema(properties[key] ?? {})])),
      ),
    );
}

function text({ pattern }: Schema): fc.Arbitrary<string> {
  if (pattern === undefined) return fc.oneof(word, fc.string({ maxLength: 20 }));
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    // Look-ahead, which fast-check can't turn round.
    return fc.stringMatching(/^[a-z][a-z0-9./-]{0,30}$/);
  }
}
