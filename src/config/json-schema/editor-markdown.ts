import type { JsonSchema } from "./target-schema-json";

/**
 * A description as Markdown, for editors that read `markdownDescription`: the keys and values that it names are set as
 * code, and what a key needs or has by default stands apart. What VS Code's YAML server lists under the text, it leaves out:
 * the meaning of each value (redhat-developer/yaml-language-server 1.25.0, yamlHover.ts).
 */
export function markdownOf(schema: JsonSchema, keys: ReadonlySet<string>): string {
  const { description = "", enum: values = [], enumDescriptions = [] } = schema;
  const whole = partsOf(description);
  const short = enumDescriptions.length > 0 ? partsOf(withoutMeanings(description, values)) : whole;
  // Where the meaning of its values is all that is said of a key, it stays.
  return (short[0] === "" ? whole : short)
    .map((each) => withCode(each, keys))
    .filter(Boolean)
    .join("\n\n");
}

/** What a key is, and what it needs or has by default. */
function partsOf(text: string): [string, string] {
  const [, before = "", facts = ""] = /^(.*?)((?:(?:^| )(?:Required\.|Default: .*))?)$/s.exec(text) ?? [];
  return [before.trim(), facts.trim()];
}

/** Sentences such as `none: only AWS's own; wireguard: Cilium's as well.` */
function withoutMeanings(description: string, values: readonly unknown[]): string {
  const first = values.map((value) => literally(String(value))).join("|");
  const sentence = new RegExp(`(^| )(?:${first}): .+?\\.(?= |$)`, "g");
  return description.replaceAll(sentence, "").trim();
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Text between backticks; a map or list in one line; a path of keys; a word in camel case; or anything else. */
const PARTS =
  /`[^`]*`|\{ [^{}]* \}|\b[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z][A-Za-z0-9-]*)+\b|\b[a-z]+[A-Z]\w*\b/g;

function withCode(text: string, keys: ReadonlySet<string>): string {
  let at = 0;
  const parts: string[] = [];
  for (const { 0: found, index } of text.matchAll(PARTS)) {
    const isCode = /^[`{]/.test(found) || found.split(".").every((each) => keys.has(each));
    parts.push(escaped(text.slice(at, index)), isCode ? `\`${found.replaceAll("`", "")}\`` : escaped(found));
    at = index + found.length;
  }
  return [...parts, escaped(text.slice(at))].join("");
}

/** What Markdown would take for markup of its own, `<name>` first of all. */
function escaped(text: string): string {
  return text.replace(/[\\`*_<>[\]#|~]/g, "\\$&");
}
