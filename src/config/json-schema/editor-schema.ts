import { adoptions } from "../schema/adoption";
import { targetSchema } from "../schema/target";
import { workloadSchema } from "../schema/workloads/workloads";
import { markdownOf } from "./editor-markdown";
import { snippetsOf } from "./editor-snippets";
import { type JsonSchema, jsonSchemaOf } from "./target-schema-json";

/** A layer's schema: the target's keys, none of them required, because another layer may give them. */
export function layerJsonSchema(): JsonSchema {
  return forEditors(jsonSchemaOf(targetSchema));
}

/** A service's file: the same, for what stands at `workloads.<service>`. */
export function workloadJsonSchema(): JsonSchema {
  return forEditors(jsonSchemaOf(workloadSchema));
}

/** What a target takes over; all of it is one file. */
export function adoptJsonSchema(): JsonSchema {
  return jsonSchemaOf(adoptions);
}

function forEditors(schema: JsonSchema): JsonSchema {
  return forLayers(schema, new Set(keysOf(schema)));
}

function keysOf({ properties = {}, additionalProperties: entry, items, oneOf, anyOf }: JsonSchema): string[] {
  const below = [...Object.values(properties), ...(typeof entry === "object" ? [entry] : [])];
  return [
    ...Object.keys(properties),
    ...[...below, ...(items ? [items] : []), ...(oneOf ?? anyOf ?? [])].flatMap(keysOf),
  ];
}

/**
 * Editors show a key's description and little else, so it says what stands beside it in the schema: that the key is
 * required, and its default. Both are lost otherwise: a layer's schema requires nothing, and hovers don't show defaults.
 *
 * A layer replaces a list as a whole, so what the items of one need is required in each file.
 */
function forLayers(schema: JsonSchema, keys: ReadonlySet<string>, inList = false): JsonSchema {
  const { required = [], ...rest } = schema;
  const properties = Object.entries(schema.properties ?? {}).map(
    ([key, value]) => [key, forLayers(described(value, required.includes(key), keys), keys, inList)] as const,
  );
  // A choice keeps its discriminator: without it an editor could not tell the alternatives apart.
  const kept = required.filter((key) => inList || schema.properties?.[key]?.const !== undefined);
  const each = (alternatives: readonly JsonSchema[]) =>
    alternatives.map((one) => forLayers(one, keys, inList));
  return {
    ...rest,
    ...(kept.length > 0 && { required: kept }),
    ...(schema.properties && { properties: Object.fromEntries(properties) }),
    ...(typeof schema.additionalProperties === "object" && {
      additionalProperties: forLayers(schema.additionalProperties, keys, inList),
    }),
    ...(schema.items && { items: forLayers(schema.items, keys, true) }),
    ...(schema.oneOf && { oneOf: each(schema.oneOf) }),
    ...(schema.anyOf && { anyOf: each(schema.anyOf) }),
  };
}

function described(schema: JsonSchema, required: boolean, keys: ReadonlySet<string>): JsonSchema {
  const { description = "", default: value } = schema;
  const saysDefault = value === undefined || description.includes("Default: ");
  const facts = [
    description,
    ...(required ? ["Required."] : []),
    ...(saysDefault ? [] : [`Default: ${shownDefault(schema)}.`]),
  ];
  const meanings = valueMeanings(schema);
  const snippets = snippetsOf(schema);
  const told = {
    ...schema,
    description: facts.join(" ").trim(),
    ...(meanings.some((each) => each !== "") && { enumDescriptions: meanings }),
  };
  return {
    ...told,
    markdownDescription: markdownOf(told, keys),
    ...(snippets.length > 0 && { defaultSnippets: snippets }),
  };
}

/**
 * What a description says of each value, as `standard: what nodes call; isolated: more.`, beside the value. VS Code's YAML
 * server lists it so on hovering and when it completes (redhat-developer/yaml-language-server, yamlHover.ts and
 * yamlCompletion.ts, enumDescriptions).
 */
function valueMeanings({ enum: values = [], description = "" }: JsonSchema): string[] {
  return values.map((value) => {
    const meaning = new RegExp(`(?:^| )${String(value)}: (.+?)(?:;|\\.(?: |$))`).exec(description)?.[1] ?? "";
    return capitalized(meaning);
  });
}

const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function shownDefault({ default: value, properties }: JsonSchema): string {
  if (!isEmpty(value)) return flow(value);
  return properties === undefined ? "none" : "the defaults of its keys";
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** A value as YAML writes it in one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${flow(field)}`);
  return `{ ${fields.join(", ")} }`;
}
