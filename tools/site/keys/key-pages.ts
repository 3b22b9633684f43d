import { layerJsonSchema } from "../../../src/config/json-schema/editor-schema";
import type { JsonSchema } from "../../../src/config/json-schema/target-schema-json";
import { mentionsOf } from "../mentions";
import { prose } from "../prose";
import type { SitePage } from "../site-page";
import { type Key, keysBelow } from "./key-tree";
import { sampleOf } from "./sample-section";
import { code, typeText, yamlOf } from "./type-text";

/** A page for every section of the configuration, with all keys in it, and a page that lists them. */
export function keyPages(docs: readonly SitePage[]): SitePage[] {
  const sections = Object.entries(layerJsonSchema().properties ?? {});
  return [
    indexPage(sections, docs),
    ...sections.map(([name, schema]) => ({
      path: `reference/keys/${name}.md`,
      text: `---\noutline: 2\npageClass: keys\n---\n\n${sectionText(name, schema, docs)}\n`,
    })),
  ];
}

type Section = readonly [name: string, schema: JsonSchema];

function indexPage(sections: readonly Section[], docs: readonly SitePage[]): SitePage {
  const count = sections.reduce((sum, [name, schema]) => sum + 1 + keysBelow(schema, name).length, 0);
  const list = sections.map(
    ([name, schema]) => `- [\`${name}\`](./${name}.md): ${prose(splitDescription(schema).says, docs)}`,
  );
  const text = [
    "# Every key",
    `The ${count} keys of a target, by section. They may stand in \`platform.yaml\`, \`environment.yaml\` and \`<region>.yaml\`; how files become a target is in [Config files](../../config-files.md). An editor that reads the JSON Schema shows the same text.`,
    list.join("\n"),
  ];
  return { path: "reference/keys/index.md", text: `${text.join("\n\n")}\n` };
}

function sectionText(name: string, schema: JsonSchema, docs: readonly SitePage[]): string {
  const sample = sampleOf(name);
  const pages = mentionsOf(docs, new RegExp(`\`${name}(?=[.:\`])`, "g"));
  return [
    `# \`${name}\``,
    ...keyText({ path: name, schema }, docs),
    ...(pages.length === 0 ? [] : [`Read on: ${pages.join(", ")}.`]),
    ...(sample === undefined
      ? []
      : [
          `As in the sample [\`${sample.file}\`](../../files/${sample.file}.md):`,
          `\`\`\`yaml over="${sample.file.replace(".yaml", "")}"\n${sample.text}\n\`\`\``,
        ]),
    ...keysBelow(schema, name).flatMap((key) => [
      `${key.path.split(/\.(?!<)/).length > 2 ? "###" : "##"} \`${key.path}\``,
      ...keyText(key, docs),
    ]),
  ].join("\n\n");
}

/** What there is to know of a key: what it takes, when, what it means, and an example. */
function keyText({ schema, onlyWith, forms }: Key, docs: readonly SitePage[]): string[] {
  const { says, required, byDefault } = splitDescription(schema);
  const facts = [
    forms === undefined ? capitalized(typeText(schema)) : "One of the following",
    ...(required || forms?.some(({ means }) => means.endsWith("Required.")) === true ? ["required"] : []),
    ...(byDefault === undefined ? [] : [`default: ${prose(byDefault, docs)}`]),
    ...(onlyWith === undefined ? [] : [`with ${onlyWith.map(code).join(" or ")}`]),
  ];
  const meanings = (schema.enum ?? []).flatMap((value, index) => {
    const means = schema.enumDescriptions?.[index] ?? "";
    return means === "" ? [] : [valueLine(value, prose(means, docs))];
  });
  const values =
    forms?.map(({ value, means }) => valueLine(value, prose(means.replace(/ ?Required\.$/, ""), docs))) ??
    meanings;
  const [example] = schema.examples ?? [];
  return [
    `*${facts.join(" · ")}*`,
    prose(meanings.length > 0 ? withoutMeanings(says, schema.enum ?? []) : says, docs),
    ...(values.length === 0 ? [] : [values.join("\n")]),
    ...(example === undefined ? [] : [`For example ${code(yamlOf(example))}`]),
  ].filter((each) => each !== "");
}

const valueLine = (value: unknown, means: string): string =>
  `- ${code(yamlOf(value))}${means === "" ? "" : `: ${means}`}`;

/** A description whose values are listed below it does not say them twice. */
function withoutMeanings(says: string, values: readonly unknown[]): string {
  return values
    .reduce<string>(
      (text, value) => text.replace(new RegExp(`(^| )${String(value)}: .+?(?:;|\\.(?= |$)|$)`), ""),
      says,
    )
    .trim();
}

function splitDescription({ description = "" }: JsonSchema): {
  readonly says: string;
  readonly required: boolean;
  readonly byDefault?: string;
} {
  const required = / ?\bRequired\.$/.test(description);
  const [, byDefault] = /(?:^| )Default: (.+?)\.?$/.exec(description) ?? [];
  const says = description
    .replace(/ ?\bRequired\.$/, "")
    .replace(/(?:^| )Default: .+$/, "")
    .trim();
  return { says, required, ...(byDefault !== undefined && { byDefault }) };
}

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
