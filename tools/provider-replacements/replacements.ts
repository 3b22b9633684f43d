import { entriesOf, insideBraces } from "../provider-source/go-literal";
import type { GoPackage } from "../provider-source/go-source";

/** Attributes whose change replaces a resource, with a dot for a field of a block, as the source names them. */
export interface Replacements {
  readonly always: readonly string[];
  /** The provider decides by the values of the attribute. */
  readonly byValues: readonly string[];
}

/**
 * `ForceNew` and `RequiresReplace` of a resource's schema.
 *
 * @param resource function that makes an SDK resource, or the struct of one of the framework
 */
export function replacements(resource: string, inPackage: GoPackage): Replacements {
  const { text } = inPackage.get(schemaOf(resource, inPackage)) ?? {};
  if (text === undefined) throw new Error(`no schema of ${resource}`);
  const always: string[] = [];
  const byValues = decidedBy(text, inPackage);
  const visit = (map: string, prefix: string): void => {
    for (const { key, value } of entriesOf(map)) {
      if (key === undefined) continue;
      const path = `${prefix}${nameOf(key, inPackage)}`;
      const attribute = resolve(value, inPackage);
      if (isForced(attribute)) always.push(path);
      else if (/\.RequiresReplaceIf\w*\(/.test(ownText(attribute))) byValues.push(path);
      for (const nested of nestedMaps(attribute, inPackage)) visit(nested, `${path}.`);
    }
  };
  for (const map of mapsOf(text, inPackage)) visit(map, "");
  return { always: [...new Set(always)], byValues: [...new Set(byValues)] };
}

const DECIDES = /\.ForceNew(?:IfChange|If)?\(\s*([\w."]+)/g;

/** Attributes that the resource, or a function that its `CustomizeDiff` names, replaces in some cases. */
function decidedBy(text: string, inPackage: GoPackage): string[] {
  const [, customized = ""] = /\bCustomizeDiff:([\s\S]*?)\n\t\t(?:\w+:|\}|$)/.exec(`${text}\n\t\t}`) ?? [];
  const named = [...customized.matchAll(/(?<![.\w])[a-z]\w*/g)].map(([each]) => each);
  const found = (each: string) => [...each.matchAll(DECIDES)].map(([, name = ""]) => name);
  return [
    ...found(text),
    ...named.flatMap((name) => {
      const declared = inPackage.get(name)?.text ?? "";
      return found(declared).flatMap((each) => givenTo(name, each, declared, customized));
    }),
  ].map((each) => nameOf(each, inPackage).replaceAll(/\.\d+(?=\.)/g, ""));
}

/** What calls give a function for one of its parameters; another name as it is. */
function givenTo(name: string, parameter: string, declared: string, calls: string): string[] {
  const [, parameters = ""] = new RegExp(`^func ${name}\\(([^)]*)\\)`, "m").exec(declared) ?? [];
  const at = parameters.split(",").findIndex((each) => each.trim().split(" ")[0] === parameter);
  if (at === -1) return [parameter];
  return [...calls.matchAll(new RegExp(`\\b${name}\\(([^)]*)\\)`, "g"))].flatMap(
    ([, given = ""]) => given.split(",")[at]?.trim() ?? [],
  );
}

function schemaOf(resource: string, inPackage: GoPackage): string {
  const method = `${resource}.Schema`;
  if (!/^type /.test(inPackage.get(resource)?.text ?? "")) return resource;
  if (inPackage.has(method)) return method;
  const embedded = /^\t(\w+)$/m.exec(inPackage.get(resource)?.text ?? "")?.[1];
  return embedded === undefined ? method : schemaOf(embedded, inPackage);
}

const MAP = /map\[string\](?:\*?schema\.(?:Schema|Attribute|Block))\{/g;

/** Insides of the maps of attributes and blocks that are at the top of a text. */
function mapsOf(text: string, inPackage: GoPackage): string[] {
  const found: string[] = [];
  let end = 0;
  for (const { index, 0: opening } of text.matchAll(MAP)) {
    if (index < end) continue;
    const inside = insideBraces(text, index + opening.length - 1);
    end = index + opening.length + inside.length;
    found.push(inside);
  }
  if (found.length > 0) return found;
  // `Schema: queueSchema`, a variable or a function of the package.
  const named = /\bSchema:\s+(\w+)\b/.exec(text)?.[1];
  const declared = named === undefined ? undefined : inPackage.get(named)?.text;
  return declared === undefined ? [] : mapsOf(declared, inPackage);
}

/** A literal as it is written, or what a function of the package or a variable gives. */
function resolve(value: string, inPackage: GoPackage): string {
  const called = /^(\w+)(?:\(|$)/.exec(value)?.[1];
  return called === undefined ? value : (inPackage.get(called)?.text ?? value);
}

/** A literal without what is in the maps and objects below it. */
function ownText(attribute: string): string {
  const from = attribute.indexOf("{");
  if (from === -1) return attribute;
  const fields = entriesOf(insideBraces(attribute, literalAt(attribute)));
  return fields
    .filter(({ key }) => key !== "Elem" && key !== "NestedObject")
    .map(({ key = "", value }) => `${key}: ${value}`)
    .join("\n");
}

/** The brace of the literal: in the text of a function, that of what it returns. */
function literalAt(text: string): number {
  const returned = /\breturn &?schema\.\w+\{/.exec(text);
  if (/^func /.test(text) && returned !== null) return returned.index + returned[0].length - 1;
  return text.indexOf("{");
}

function isForced(attribute: string): boolean {
  // `sdkv2.JSONPolicyDocumentSchemaRequiredForceNew()`
  if (/^\w+\.\w*ForceNew\w*\(/.test(attribute)) return true;
  return /\bForceNew: +true\b|\.RequiresReplace\(\)/.test(ownText(attribute));
}

function nestedMaps(attribute: string, inPackage: GoPackage): string[] {
  const from = literalAt(attribute);
  if (from === -1) return [];
  const nested = entriesOf(insideBraces(attribute, from)).find(
    ({ key }) => key === "Elem" || key === "NestedObject",
  );
  return nested === undefined ? [] : mapsOf(resolve(nested.value, inPackage), inPackage);
}

/** `names.AttrVPCID`, `"vpc_id"` or a constant of the package. */
function nameOf(key: string, inPackage: GoPackage): string {
  const quoted = /^"(.*)"$/.exec(key)?.[1];
  if (quoted !== undefined) return quoted;
  const constant = /= "(\w+)"/.exec(inPackage.get(key)?.text ?? "")?.[1];
  return constant ?? key.replace(/^names\.Attr/, "");
}
