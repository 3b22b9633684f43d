import { stringify } from "yaml";
import type { JsonSchema } from "../../../src/config/json-schema/target-schema-json";
import { alternativesOf } from "./key-tree";

/** Bounds and kinds of JSON Schema that our interface for messages leaves out. */
interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A value as YAML writes it in one line: room within braces and none within brackets. */
export function yamlOf(value: unknown): string {
  const text = stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|\[ | \]/g, (found) =>
    found === "[ " ? "[" : found === " ]" ? "]" : found,
  );
}

/** Code that may hold backticks. */
export function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** What a key takes, in words: `list of text, at least 2`. */
export function typeText(schema: JsonSchema): string {
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 1) return choiceText(alternatives);
  if ("not" in schema) return "nothing: it can't be set here";
  if (schema.enum !== undefined) return `one of ${schema.enum.map((each) => code(yamlOf(each))).join(", ")}`;
  if (schema.const !== undefined) return code(yamlOf(schema.const));
  if (schema.items !== undefined) return `list of ${listed(schema.items)}${sizeText(schema)}`;
  if (typeof schema.additionalProperties === "object")
    return `map of names to ${listed(schema.additionalProperties)}`;
  if (schema.properties !== undefined) return "map";
  return scalarText(schema);
}

/** Of several values: maps are never spelled out, as their keys follow. */
function listed(schema: JsonSchema): string {
  const text = typeText(schema);
  return text === "map"
    ? "maps"
    : text.replace(/^(whole )?number/, "$1numbers").replace(/^map of/, "maps of");
}

function choiceText(alternatives: readonly JsonSchema[]): string {
  const constants = alternatives.filter((each) => each.const !== undefined);
  const others = alternatives.filter((each) => each.const === undefined).map(typeText);
  const values = constants.map((each) => code(yamlOf(each.const)));
  const text = [...(values.length > 4 ? [`one of ${values.join(", ")}`] : values), ...new Set(others)];
  return text.length < 3 ? text.join(" or ") : `${text.slice(0, -1).join(", ")} or ${text.at(-1)}`;
}

function scalarText(schema: JsonSchema & Bounds): string {
  if (schema.type === "boolean") return "`true` or `false`";
  if (schema.type === "integer" || schema.type === "number")
    return `${schema.type === "integer" ? "whole number" : "number"}${rangeText(schema)}`;
  const { minLength = 0, maxLength } = schema;
  if (maxLength !== undefined) return `text of at most ${maxLength} characters`;
  return minLength > 1 ? `text of at least ${minLength} characters` : "text";
}

function rangeText({ minimum, maximum, exclusiveMinimum }: Bounds): string {
  const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (exclusiveMinimum !== undefined)
    return most === undefined ? ` above ${exclusiveMinimum}` : ` above ${exclusiveMinimum}, at most ${most}`;
  const least = minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? "" : ` of at most ${most}`;
}

function sizeText({ minItems, maxItems }: Bounds): string {
  if (minItems !== undefined && maxItems !== undefined)
    return minItems === maxItems ? `, exactly ${minItems}` : `, ${minItems} to ${maxItems} of them`;
  if (minItems !== undefined) return `, at least ${minItems}`;
  return maxItems === undefined ? "" : `, at most ${maxItems}`;
}
