import fs from "node:fs";
import path from "node:path";
import { installed } from "../../src/components/components";

const folder = path.join(__dirname, "..", "..", "src", "components");
const file = path.join(folder, "installers.ts");

export const readInstallers = (): string => fs.readFileSync(file, "utf8");
export const writeInstallers = (text: string): void => fs.writeFileSync(file, text);

/** What a component's `install.ts` offers; undefined: it has none. */
function installerIn(name: string): string | undefined {
  const source = path.join(folder, name, "install.ts");
  if (!fs.existsSync(source)) return undefined;
  return /^export (?:function|const) (install\w+)/m.exec(fs.readFileSync(source, "utf8"))?.[1];
}

/** The list of installers, made from the list of components and their folders. */
export function installersPage(): string {
  const found = installed.flatMap(({ name }) => {
    const install = installerIn(name);
    return install === undefined ? [] : [{ name, install }];
  });
  const imports = found
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, install }) => `import { ${install} } from "./${name}/install";`);
  const key = (name: string) => (/^[a-z]\w*$/i.test(name) ? name : `"${name}"`);
  return [
    "// Made by npm run docs from the list of components and their folders.",
    ...imports,
    'import type { Component, ComponentWithInstaller } from "./components";',
    'import type { Install } from "./installing";',
    "",
    "/** How each component is installed. Its stack does, in order of the list of components. */",
    "const installers = {",
    ...found.map(({ name, install }) => `  ${key(name)}: ${install},`),
    "} satisfies Readonly<Record<ComponentWithInstaller, Install>>;",
    "",
    "/** What became of a stack's components, by their names. */",
    "export type Installations = {",
    "  readonly [Name in keyof typeof installers]?: NonNullable<ReturnType<(typeof installers)[Name]>>;",
    "};",
    "",
    "/** Undefined for what has no installer of its own: images, and what another component's installer brings along. */",
    "export function installerOf(component: Component): Install | undefined {",
    "  return (installers as Readonly<Partial<Record<Component, Install>>>)[component];",
    "}",
    "",
  ].join("\n");
}
