import fs from "node:fs";
import path from "node:path";
import { installed } from "../../src/components/components";
import { stackNames } from "../../src/model/stacks/stack-names";
import type { InstalledRecord } from "../../src/components/component";

const folder = path.join(__dirname, "..", "..", "src", "components");
const file = path.join(folder, "settings.ts");

export const readSettings = (): string => fs.readFileSync(file, "utf8");
export const writeSettings = (text: string): void => fs.writeFileSync(file, text);

interface Own {
  readonly name: string;
  /** Keys of a section have its name; those that are sections themselves have the stack's. */
  readonly place: string;
  readonly key: string;
}

/** The key that a component brings: where its record says that its settings are, and its `settings.ts` exports it by that name. */
function ownKey({ name, stack, settings = [] }: InstalledRecord): Own[] {
  const source = path.join(folder, name, "settings.ts");
  const key = settings.at(-1);
  if (key === undefined || settings.length > 2 || !fs.existsSync(source)) return [];
  if (!new RegExp(`^export const ${key} =`, "m").test(fs.readFileSync(source, "utf8"))) return [];
  return [{ name, place: settings.length === 2 ? (settings[0] ?? stack) : stack, key }];
}

const list = (name: string, own: readonly Own[]) => {
  const keys = own.map(({ key }) => key);
  const line = `  ${name}: {${keys.length === 0 ? "" : ` ${keys.join(", ")} `}},`;
  return line.length <= 110 ? [line] : [`  ${name}: {`, ...keys.map((key) => `    ${key},`), "  },"];
};

/** The list of what components bring to the schema, made from the list of components and their folders. */
export function settingsPage(records: readonly InstalledRecord[] = installed): string {
  const isTop = (each: Own) => records.find(({ name }) => name === each.name)?.settings?.length === 1;
  const own = records.flatMap(ownKey);
  const top = own.filter(isTop);
  const inSection = own.filter((each) => !isTop(each));
  const at = (of: readonly Own[], name: string) =>
    list(
      name,
      of.filter(({ place }) => place === name),
    );
  return [
    "// Made by npm run docs from the list of components and their folders.",
    ...own
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, key }) => `import { ${key} } from "./${name}/settings";`),
    "",
    "/** Sections of a configuration that are a component's, by its stack: in order of the list of components. */",
    "export const sectionsOf = {",
    ...stackNames.flatMap((stack) => at(top, stack)),
    "};",
    "",
    "/** Keys of other sections that are a component's, by their section: in order of the list of components. */",
    "export const keysOf = {",
    ...[...new Set(inSection.map(({ place }) => place))].flatMap((place) => at(inSection, place)),
    "};",
    "",
  ].join("\n");
}
