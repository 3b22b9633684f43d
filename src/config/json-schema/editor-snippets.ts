import type { JsonSchema, Snippet } from "./target-schema-json";

/**
 * Snippets for the value of a key: an entry of a map or list, and each kind that a choice has, with all that it needs.
 * Where nothing is needed there are none; the editor's own lists of keys are as good. Stops are
 * in the syntax of editors: `${1:name}` (redhat-developer/yaml-language-server 1.25.0, yamlCompletion.ts, defaultSnippets).
 */
export function snippetsOf(schema: JsonSchema): Snippet[] {
  const { additionalProperties: entry, items } = schema;
  const description = schema.description ?? "";
  if (typeof entry === "object") {
    const stops = new Stops();
    const names = schema.propertyNames?.enum;
    const name = names === undefined ? stops.next("name") : stops.among(names);
    return isNeedy(entry)
      ? [{ label: "a new entry", description, body: { [name]: needed(entry, stops) } }]
      : [];
  }
  if (items !== undefined)
    return isNeedy(items) ? [{ label: "a new item", description, body: [needed(items, new Stops())] }] : [];
  return (schema.oneOf ?? schema.anyOf ?? []).flatMap((option) => {
    const kind = kindOf(option);
    return kind === undefined
      ? []
      : [{ label: kind.value, description: kind.description, body: needed(option, new Stops()) }];
  });
}

const isNeedy = (schema: JsonSchema): boolean => (firstOf(schema).required ?? []).length > 0;

const firstOf = (schema: JsonSchema): JsonSchema => schema.oneOf?.[0] ?? schema.anyOf?.[0] ?? schema;

/** The word that tells an option of a choice from the others. */
function kindOf({ properties = {} }: JsonSchema): { value: string; description: string } | undefined {
  const [found] = Object.values(properties).filter((each) => typeof each.const === "string");
  return found && { value: String(found.const), description: found.description ?? "" };
}

/** Numbers of the places where the cursor stops, from 1. */
class Stops {
  private count = 0;

  next(text: string): string {
    return `\${${++this.count}:${text.replace(/[\\$}]/g, "\\$&")}}`;
  }

  among(choices: readonly unknown[]): string {
    return `\${${++this.count}|${choices.join(",")}|}`;
  }
}

/** All that the value of a key can't do without: a text or number of its examples, or else one that says what belongs there. */
function needed(schema: JsonSchema, stops: Stops, key = "value"): unknown {
  const { const: only, enum: choices, examples = [], additionalProperties: entry } = schema;
  const [example] = examples;
  if (only !== undefined) return only;
  if (choices !== undefined) return stops.among(choices);
  if (example !== undefined) return withStops(example, stops);
  if (schema.oneOf ?? schema.anyOf) return needed(firstOf(schema), stops, key);
  if (schema.properties !== undefined) {
    const fields = (schema.required ?? []).map(
      (name) => [name, needed(schema.properties?.[name] ?? {}, stops, name)] as const,
    );
    return Object.fromEntries(fields);
  }
  if (schema.items !== undefined) return [needed(schema.items, stops, key)];
  if (typeof entry === "object") return { [stops.next("name")]: needed(entry, stops, "value") };
  return stops.next(isNumber(schema) ? String(Math.max(schema.minimum ?? 1, 1)) : key.toLowerCase());
}

/** An example, each text and number in it to be replaced. Its keys are as telling as the rest. */
function withStops(example: unknown, stops: Stops): unknown {
  if (Array.isArray(example)) return example.map((each) => withStops(each, stops));
  if (typeof example !== "object" || example === null) return stops.next(String(example));
  return Object.fromEntries(
    Object.entries(example).map(([key, value]) => [key, withStops(value, stops)] as const),
  );
}

const isNumber = ({ type }: JsonSchema): boolean => type === "integer" || type === "number";
