import { isJsonMap, type JsonMap } from "../../src/guardrails/read/json";

/** What AWS takes for a value. Sizes of texts are in characters, of lists in entries. */
export interface Constraint {
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  enum?: (string | number)[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  /** No two entries are the same. */
  uniqueItems?: true;
  /** Where what it is part of is there, it has to be there as well. */
  required?: true;
}

/** Formats of CloudFormation's schemas that stand for a pattern, as cfn-lint 1.58.0 checks them (src/cfnlint/rules/formats). */
const FORMATS: Readonly<Record<string, string>> = {
  "AWS::EC2::SecurityGroup.Name": "^[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]+$",
  "AWS::S3::Bucket.Name": "^(?![.\\-])(?!.*\\.\\.)(?!.*-\\.)(?!.*\\.-)[a-z0-9.\\-]{3,63}(?<![.\\-])$",
  "AWS::KMS::Alias.AliasName": "^alias/[a-zA-Z0-9:/_-]+$",
};

const DEEPEST = 8;

/** Constraints of a CloudFormation resource type by the path of the property; entries of lists are `Name[]`. */
export function propertyConstraints(schema: JsonMap): Map<string, Constraint> {
  const found = new Map<string, Constraint>();
  const visit = (node: unknown, path: string, depth: number): void => {
    const resolved = resolve(schema, node);
    if (!isJsonMap(resolved) || depth > DEEPEST) return;
    const constraint = constraintOf(resolved);
    if (constraint !== undefined) found.set(path, { ...found.get(path), ...constraint });
    const required = Array.isArray(resolved.required) ? resolved.required : [];
    for (const [name, property] of Object.entries(mapIn(resolved, "properties"))) {
      const below = path === "" ? name : `${path}.${name}`;
      if (required.includes(name)) found.set(below, { ...found.get(below), required: true });
      visit(property, below, depth + 1);
    }
    if (resolved.items !== undefined) visit(resolved.items, `${path}[]`, depth);
  };
  visit({ properties: schema.properties, required: schema.required }, "", 0);
  return found;
}

function resolve(schema: JsonMap, node: unknown): unknown {
  const ref = isJsonMap(node) ? node.$ref : undefined;
  if (typeof ref !== "string") return node;
  return ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((here, step) => (isJsonMap(here) ? here[step] : undefined), schema);
}

function constraintOf(node: JsonMap): Constraint | undefined {
  const format = typeof node.format === "string" ? FORMATS[node.format] : undefined;
  const pattern = typeof node.pattern === "string" ? node.pattern : undefined;
  const constraint: Constraint = {
    ...((format ?? pattern) !== undefined && { pattern: javaScriptPattern(format ?? pattern ?? "") }),
    ...numberAt(node, "minLength"),
    ...numberAt(node, "maxLength"),
    ...(Array.isArray(node.enum) && { enum: node.enum.filter(isScalar) }),
    ...numberAt(node, "minimum"),
    ...numberAt(node, "maximum"),
    ...numberAt(node, "minItems"),
    ...numberAt(node, "maxItems"),
    ...(node.uniqueItems === true && { uniqueItems: true }),
  };
  for (const least of ["minLength", "minItems"] as const)
    if (constraint[least] === 0) delete constraint[least];
  return Object.keys(constraint).length > 0 ? constraint : undefined;
}

/**
 * A pattern as JavaScript reads it with the flag `u`, for the whole text. Some schemas give a pattern without anchors
 * where the API compares all of the text.
 */
export function javaScriptPattern(pattern: string): string {
  const anchored = pattern.replaceAll("\\Z", "$");
  // Escapes that the flag refuses: of characters that need none.
  const plain = anchored.replace(/\\([_#@&%=:;,<>!~"'` ])/g, "$1");
  const whole = /^\^|\$$/.test(plain) ? plain : `^(?:${plain})$`;
  return isValid(whole) ? whole : withoutDashEscapes(whole);
}

function withoutDashEscapes(pattern: string): string {
  const outside = pattern.replace(/(\[(?:\\.|[^\]\\])*\])|\\-/g, (_, set: string | undefined) => set ?? "-");
  if (!isValid(outside)) throw new Error(`no pattern of JavaScript: ${pattern}`);
  return outside;
}

function isValid(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

function numberAt(node: JsonMap, key: string): Record<string, number> {
  const value = node[key];
  return typeof value === "number" ? { [key]: value } : {};
}

function isScalar(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function mapIn(node: JsonMap, key: string): JsonMap {
  const value = node[key];
  return isJsonMap(value) ? value : {};
}
