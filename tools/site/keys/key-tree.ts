import type { JsonSchema } from "../../../src/config/json-schema/target-schema-json";

/** A key of the configuration, as a reader looks it up. */
export interface Key {
  /** As one writes it: `nodes.<name>.taints[].effect`. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** Forms of the map that it stands in which have it; undefined: all. */
  readonly onlyWith?: readonly string[];
  /** Values of the key that says which form a map has, and what each means. */
  readonly forms?: readonly { readonly value: unknown; readonly means: string }[];
}

/** All keys below a schema, in order, each before what is in it. */
export function keysBelow(schema: JsonSchema, path: string): Key[] {
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 1) return keysOfForms(alternatives, path);
  if (schema.items !== undefined) return keysBelow(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === "object")
    return keysBelow(schema.additionalProperties, `${path}.<name>`);
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
    withInner({ path: below(path, name), schema: each }),
  );
}

/** The schemas that a value may follow, one where there is no choice. */
export function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const choices = schema.oneOf ?? schema.anyOf;
  return choices === undefined ? [schema] : choices.flatMap(alternativesOf);
}

const below = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
const withInner = (key: Key): Key[] => [key, ...keysBelow(key.schema, key.path)];

/** Keys of a map that has one of several forms: each once, however many forms have it. */
function keysOfForms(alternatives: readonly JsonSchema[], path: string): Key[] {
  const maps = alternatives.filter(({ properties }) => properties !== undefined);
  const others = alternatives.filter((each) => !maps.includes(each));
  const names = [...new Set(maps.flatMap(({ properties = {} }) => Object.keys(properties)))];
  const keys = names.flatMap((name): Key[] => {
    const having = maps.filter(({ properties }) => properties?.[name] !== undefined);
    const schemas = having.map(({ properties = {} }) => properties[name] ?? {});
    const at = below(path, name);
    if (schemas.every((each) => each.const !== undefined)) {
      const forms = schemas.map((each) => ({ value: each.const, means: each.description ?? "" }));
      const [first = {}] = schemas;
      const only = having.length === maps.length ? {} : { onlyWith: having.map(formOf) };
      return [{ path: at, schema: { ...first, description: "" }, forms, ...only }];
    }
    const distinct = [...new Set(schemas.map((each) => JSON.stringify(each)))];
    return distinct.flatMap((text) => {
      const forms = having.filter(({ properties }) => JSON.stringify(properties?.[name]) === text);
      const only = forms.length === maps.length ? {} : { onlyWith: forms.map(formOf) };
      return withInner({ path: at, schema: JSON.parse(text) as JsonSchema, ...only });
    });
  });
  return [...keys, ...others.flatMap((each) => keysBelow(each, path))];
}

/** A form by what tells it from the others: `kind: firewall`, or the key that it can't do without. */
function formOf({ properties = {}, required = [] }: JsonSchema): string {
  const told = Object.entries(properties).find(([, each]) => each.const !== undefined);
  if (told !== undefined) return `${told[0]}: ${String(told[1].const)}`;
  return required[0] ?? Object.keys(properties)[0] ?? "";
}
