import { z } from "zod";
import type { ConfigPath } from "../read/source-node";
import { targetSchema } from "../schema/target";

/** What an editor offers to write at a place, with stops for what is to be filled in. */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

/** The parts of JSON Schema that zod writes for our schema and that messages use. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  /** Not of JSON Schema: what editors show beside each value of `enum`. */
  readonly enumDescriptions?: readonly string[];
  /** Not of JSON Schema: the description for editors that show Markdown. */
  readonly markdownDescription?: string;
  /** Not of JSON Schema: what editors offer to write. */
  readonly defaultSnippets?: readonly Snippet[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  /** Of the keys that `additionalProperties` are for. */
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

let cached: JsonSchema | undefined;

/** The target's schema as JSON Schema 2020-12, as users write it (before defaults and parsing). */
export function targetJsonSchema(): JsonSchema {
  return (cached ??= jsonSchemaOf(targetSchema));
}

/** A schema as users write it. zod leaves out the examples of what it transforms, though ours are as users write them. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (Array.isArray(examples)) jsonSchema.examples = examples as unknown[];
    },
  }) as JsonSchema;
}

/** The schema of the value at `path`; choices are followed by the discriminator that `value` names. */
export function schemaAt(path: ConfigPath, value: unknown): JsonSchema | undefined {
  let schema: JsonSchema | undefined = targetJsonSchema();
  let at = value;
  for (const step of path) {
    const parent: JsonSchema | undefined = schema && chosen(schema, at);
    const additional: JsonSchema["additionalProperties"] = parent?.additionalProperties;
    schema =
      typeof step === "number"
        ? parent?.items
        : (parent?.properties?.[step] ?? (typeof additional === "object" ? additional : undefined));
    at = isRecord(at) || Array.isArray(at) ? (at as Record<string | number, unknown>)[step] : undefined;
  }
  return schema && chosen(schema, at);
}

/** The words that tell which choice the map at `path` is: `{ kind: ["nat-single", "none"] }`. */
export function choicesAt(path: ConfigPath): Readonly<Record<string, readonly string[]>> {
  const words: Record<string, string[]> = {};
  for (const { properties = {} } of optionsAt(path)) {
    for (const [key, { const: value }] of Object.entries(properties)) {
      if (typeof value === "string") (words[key] ??= []).push(value);
    }
  }
  return words;
}

/** The maps that may stand at a path: one where there is no choice. */
export function optionsAt([section, ...path]: ConfigPath): JsonSchema[] {
  if (section === undefined) return alternatives(targetJsonSchema()).filter(isOfMap);
  const whole = sectionJsonSchema(section);
  if (whole === undefined) return [];
  return path
    .reduce<JsonSchema[]>((at, step) => at.flatMap((each) => stepInto(each, step)), alternatives(whole))
    .filter(isOfMap);
}

function isOfMap({ properties, additionalProperties }: JsonSchema): boolean {
  return properties !== undefined || typeof additionalProperties === "object";
}

const sections = new Map<string | number, JsonSchema>();

/** Of one key of the target: the whole schema takes a fifth of the time that reading one target and making its stacks does. */
function sectionJsonSchema(section: string | number): JsonSchema | undefined {
  if (cached !== undefined) return cached.properties?.[section];
  const shape: Readonly<Record<string, z.ZodType>> = targetSchema.shape;
  const schema = Object.hasOwn(shape, section) ? shape[section] : undefined;
  if (schema === undefined) return undefined;
  const known = sections.get(section) ?? jsonSchemaOf(schema);
  sections.set(section, known);
  return known;
}

function stepInto(
  { properties, additionalProperties, items }: JsonSchema,
  step: string | number,
): JsonSchema[] {
  const named =
    typeof step === "string" && properties && Object.hasOwn(properties, step) ? properties[step] : undefined;
  const other = typeof additionalProperties === "object" ? additionalProperties : undefined;
  const next = typeof step === "number" ? items : (named ?? other);
  return next === undefined ? [] : alternatives(next);
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const options = schema.oneOf ?? schema.anyOf;
  return options === undefined ? [schema] : options.flatMap(alternatives);
}

/** Keys that the map at `path` can have. */
export function knownKeys(path: ConfigPath, value: unknown): string[] {
  return Object.keys(schemaAt(path, value)?.properties ?? {});
}

function chosen(schema: JsonSchema, value: unknown): JsonSchema {
  const options = schema.oneOf ?? schema.anyOf;
  if (options === undefined || !isRecord(value)) return schema;
  const matches = (option: JsonSchema) => {
    const constants = Object.entries(option.properties ?? {}).filter(
      ([, property]) => property.const !== undefined,
    );
    return constants.length > 0
      ? constants.every(([key, property]) => value[key] === property.const)
      : Object.keys(value).some((key) => option.properties?.[key] !== undefined);
  };
  return options.find(matches) ?? schema;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
