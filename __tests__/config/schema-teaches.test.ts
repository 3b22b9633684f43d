import fs from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { layerJsonSchema, workloadJsonSchema } from "../../src/config/json-schema/editor-schema";
import { targetSchema } from "../../src/config/schema/target";
import { workloadSchema } from "../../src/config/schema/workloads/workloads";
import { type JsonSchema, jsonSchemaOf } from "../../src/config/json-schema/target-schema-json";
import { type SchemaKey, schemaKeys } from "../support/schema-keys";

const schemas: [string, SchemaKey[], SchemaKey[]][] = [
  ["a target", ...keysOf(targetSchema, layerJsonSchema())],
  ["a workload", ...keysOf(workloadSchema, workloadJsonSchema())],
];

/** The keys as the code has them, and as the file in schema/ tells editors. */
function keysOf(schema: z.ZodType, shown: JsonSchema): [SchemaKey[], SchemaKey[]] {
  return [schemaKeys(jsonSchemaOf(schema), schema), schemaKeys(shown, schema)];
}

const paths = (keys: readonly SchemaKey[]) => keys.map(({ path: at, json }) => `${at}: ${json.description}`);

/** Keys that a value may stand at: `securityGroupsForPods` of a CNI without any takes none. */
const takesValues = ({ json }: SchemaKey) => !("not" in json);

describe.each(schemas)("the schema of %s", (_of, keys, shown) => {
  test("explains every key in more than three words", () => {
    const short = keys.filter(({ json }) => words(json.description ?? "").length <= 3);

    expect(paths(short)).toEqual([]);
  });

  test("names the unit of every number", () => {
    const bare = keys.filter(({ json }) => isNumber(json) && !UNIT.test(json.description ?? ""));

    expect(paths(bare)).toEqual([]);
  });

  test("explains to editors each value of a choice", () => {
    const unexplained = shown.filter(
      ({ path: at, json }) =>
        json.enum !== undefined &&
        !NAMES_OF_OTHERS.test(at) &&
        json.enum.some((_, index) => (json.enumDescriptions?.[index] ?? "") === ""),
    );

    expect(paths(unexplained)).toEqual([]);
  });

  test("says the same in Markdown as in plain text, but for the meaning of values, which editors list", () => {
    const plain = ({ json }: SchemaKey) => onlyWords(json.description ?? "");
    const others = shown.filter(
      (key) =>
        key.json.enumDescriptions === undefined &&
        onlyWords(key.json.markdownDescription ?? "") !== plain(key),
    );

    expect(others.map(({ path: at, json }) => [at, json.description, json.markdownDescription])).toEqual([]);
    const empty = shown.filter(({ json }) => /^$|^Default: /.test(json.markdownDescription ?? ""));
    expect(empty.map(({ path: at, json }) => [at, json.markdownDescription])).toEqual([]);
  });

  test("offers editors only what it takes", () => {
    const offered = shown.flatMap(({ path: at, json, zod }) =>
      (json.defaultSnippets ?? []).map(({ label, body }) => ({ at: `${at}: ${label}`, body, zod })),
    );

    expect(offered.length).toBeGreaterThan(5);
    const wrong = offered.flatMap(({ at, body, zod }) => {
      const { error } = zod.safeParse(filled(body));
      return error === undefined ? [] : [[at, JSON.stringify(filled(body)), error.issues[0]?.message]];
    });
    expect(wrong).toEqual([]);
  });

  test("says of every key whether it is required, or what its default is", () => {
    const silent = shown.filter(
      (key) => takesValues(key) && !/(^| )(Required\.|Default: )/.test(key.json.description ?? ""),
    );

    expect(paths(silent)).toEqual([]);
  });

  test("marks as required exactly the keys that a target can't do without", () => {
    const told = shown.filter(({ json }) => / Required\.$/.test(json.description ?? ""));

    expect(told.map(({ path }) => path)).toEqual(
      keys.filter(({ required }) => required).map(({ path }) => path),
    );
  });

  test("a key that is left out is what its default says", () => {
    const stated = keys.filter(({ json }) => json.default !== undefined);

    expect(stated.map(({ path, zod }) => [path, zod.parse(undefined)])).toEqual(
      stated.map(({ path, zod, json }) => [path, zod.parse(json.default)]),
    );
  });

  test("a key that is left out, and has no such value, is absent for the platform to decide", () => {
    const without = keys.filter(({ json, required }) => json.default === undefined && !required);

    expect(without.filter(({ zod }) => zod.parse(undefined) !== undefined).map(({ path }) => path)).toEqual(
      [],
    );
  });

  test("words about a default name the value that there is", () => {
    const vague = shown.filter(
      ({ json }) =>
        ["string", "number"].includes(typeof json.default) &&
        !json.description?.includes(`Default: ${String(json.default)}`),
    );

    expect(paths(vague)).toEqual([]);
  });

  test("refers only to documents that exist", () => {
    const named = keys.flatMap(({ json }) => json.description?.match(/\bdocs\/[\w/.-]+\.md/g) ?? []);

    expect(named.filter((file) => !fs.existsSync(path.join(__dirname, "..", "..", file)))).toEqual([]);
    expect(keys.filter(({ json }) => /\bseed \d|\.\.\/shared/i.test(json.description ?? ""))).toEqual([]);
  });

  test("accepts its own examples", () => {
    const refused = keys.flatMap(({ path, json, zod }) =>
      (json.examples ?? []).filter((each) => !zod.safeParse(each).success).map((each) => [path, each]),
    );

    expect(refused).toEqual([]);
  });

  test("has an example of its own for every reason", () => {
    const reasons = keys.filter(({ path }) => /(reason|why|exemptNamespaces)$/i.test(path));

    expect(paths(reasons.filter(({ json }) => json.examples === undefined))).toEqual([]);
    expect(repeated(reasons, 0).filter(([, at]) => new Set(at.map(place)).size > 1)).toEqual([]);
  });

  test("repeats no example on more than three keys", () => {
    expect(repeated(keys, 3)).toEqual([]);
  });
});

/** Alternatives of one choice have keys that are the same, such as `kubeProxy` of two CNIs. */
const place = (path: string) => path.replace(/\|\d+/g, "");

function words(description: string): string[] {
  return description.replace(/Default: .*/, "").match(/[\p{L}\p{N}][\p{L}\p{N}'.{}<>/-]*/gu) ?? [];
}

function isNumber({ type, anyOf, oneOf, const: constant, items, additionalProperties }: JsonSchema): boolean {
  return (
    type === "number" ||
    type === "integer" ||
    typeof constant === "number" ||
    [...(anyOf ?? []), ...(oneOf ?? [])].some(isNumber) ||
    (items !== undefined && isNumber(items)) ||
    (typeof additionalProperties === "object" && isNumber(additionalProperties))
  );
}

/** Choices whose values are names that mean the same everywhere: versions, protocols, methods. */
const NAMES_OF_OTHERS = /(^release|^versions\..*|protocol|method)$/;

/** Units, and words for what has none: a port, a length of a prefix, the number of things. */
const UNIT =
  /\b(seconds?|minutes?|hours?|days?|MiB|GiB|GB|cores?|vCPUs|percent|USD|units|ports?|prefix length|number|status code|fraction)\b/i;

/** Example texts that stand on more than `most` keys. */
function repeated(keys: readonly SchemaKey[], most: number): [string, string[]][] {
  const where = new Map<string, Set<string>>();
  for (const { path, json } of keys) {
    for (const example of json.examples ?? []) {
      const text = JSON.stringify(example);
      where.set(text, (where.get(text) ?? new Set()).add(path));
    }
  }
  return [...where].filter(([, at]) => at.size > most).map(([text, at]) => [text, [...at]]);
}

/** Without what Markdown needs and does not show. */
const onlyWords = (text: string) => text.replace(/[\\`]/g, "").replace(/\s+/g, " ").trim();

/** A snippet as somebody leaves it who fills in nothing: each stop holds its first text. */
function filled(body: unknown): unknown {
  const text = JSON.stringify(body, (_key, value: unknown) =>
    typeof value === "string" ? unstopped(value) : value,
  );
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [unstopped(key), each]))
      : value,
  );
}

function unstopped(text: string): string | number {
  const [, stop, choices] = /^\$\{\d+(?::(.*)|\|(.*)\|)\}$/s.exec(text) ?? [];
  if (stop === undefined && choices === undefined) return text;
  const value = stop?.replace(/\\([\\$}])/g, "$1") ?? choices?.split(",")[0] ?? "";
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
