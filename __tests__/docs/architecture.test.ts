import fs from "node:fs";
import path from "node:path";
import { installed, title } from "../../src/components/components";
import { architecturePage, directImports, readRooms } from "../../tools/architecture/architecture";
import { readmePage, readReadme } from "../../tools/architecture/component-table";
import { installersPage, readInstallers } from "../../tools/architecture/installers";
import { readVerifyPage, verifyPage } from "../../tools/architecture/live-checks";
import { readSettings, settingsPage } from "../../tools/architecture/settings";
import { stacksPage } from "../../tools/architecture/stack-table";
import { root, textOf } from "../support/pages";

const page = textOf("docs/architecture.md");
test("the table and the picture of imports are what ESLint reads; npm run docs makes them", () => {
  expect(architecturePage(page, readRooms())).toBe(page);
});

test("the picture leaves out only imports that are implied by another", () => {
  const rooms = {
    a: { holds: "", imports: [] },
    b: { holds: "", imports: ["a"] },
    c: { holds: "", imports: ["a", "b"] },
  };
  expect(directImports(rooms)).toEqual({ a: [], b: ["a"], c: ["b"] });
  const circle = { ...rooms, a: { holds: "", imports: ["b"] } };
  expect(directImports(circle)).toEqual({ a: ["b"], b: ["a"], c: ["a", "b"] });
});

test("README's table of components is what their records say; npm run docs makes it", () => {
  expect(readmePage(readReadme())).toBe(readReadme());
});

test("the list of installers is what the components' folders have; npm run docs makes it", () => {
  expect(installersPage()).toBe(readInstallers());
});

test("the list of settings is what the components' folders have; npm run docs makes it", () => {
  expect(settingsPage()).toBe(readSettings());
});

test("the table of live checks is what the checks say; npm run docs makes it", () => {
  expect(verifyPage(readVerifyPage())).toBe(readVerifyPage());
});

test("every folder of src has its row", () => {
  const folders = fs.readdirSync(path.join(root, "src"), { withFileTypes: true });
  const rooms = Object.entries(readRooms()).filter(([, { of }]) => of === undefined);
  expect(rooms.map(([name]) => name).sort()).toEqual(
    folders
      .filter((each) => each.isDirectory())
      .map(({ name }) => name)
      .sort(),
  );
});

test("the table of stacks is what their records and those of components say; npm run docs makes it", () => {
  expect(stacksPage(page)).toBe(page);
  for (const { name } of installed) expect(page).toMatch(new RegExp(`^\\| .*[|,] ${title(name)}[, ]`, "m"));
});

/** Files of a journey, in order. */
const journeys = (page.split(/^## /m).find((each) => each.startsWith("Five journeys")) ?? "")
  .split(/^- /m)
  .slice(1)
  .map((text): [string, string[]] => [
    text.split("**")[1] ?? "",
    [...(text.split("\n\n")[0] ?? "").matchAll(/`(src\/[^`]*\.ts)`/g)].flatMap(([, file]) => file ?? []),
  ]);

/** Files of ours that a file imports; `types`: for their types alone, too. */
function importsOf(file: string, { types }: { readonly types: boolean }): string[] {
  return [...textOf(file).matchAll(/^(?:import|export) (type )?[^;]*? from "(\.[^"]+)"/gm)]
    .filter(([, type]) => types || type === undefined)
    .map(([, , other = ""]) => `${path.join(path.dirname(file), other)}.ts`);
}

/** The files that can be reached from the first one, by imports in either direction between those of the list. */
function connected(files: readonly string[]): string[] {
  const near = (a: string, b: string) =>
    importsOf(a, { types: true }).includes(b) || importsOf(b, { types: true }).includes(a);
  const reached = new Set(files.slice(0, 1));
  for (const file of reached)
    files.filter((other) => near(file, other)).forEach((other) => reached.add(other));
  return [...reached];
}

test.each(journeys)("%s: imports connect the files on the way", (_, files) => {
  expect(files.filter((file) => !connected(files).includes(file))).toEqual([]);
});

/** Files and folders between two of a journey that hand nothing of it on, and what they are. */
const LOOKS_ON: Readonly<Record<string, string>> = {
  "src/config/read/discover.ts": "finds the files of targets",
  "src/config/read/adoptions.ts": "reads what a target takes over",
  "src/cli/adopt/refuse-unsaid.ts": "judges what a first plan does",
  "src/model/capacity-of.ts": "counts what subnets are for",
  "src/model/connected-ranges.ts": "reads ranges of whole networks",
  "src/components/": "other components",
  "src/model/used-components.ts": "tells which components a target has",
  "src/modules/chart-": "reads other facts of a chart",
  "src/releases/pins.ts": "looks a pin up for readers",
  "src/modules/manifest-release.ts": "releases without a pin",
  "src/guardrails/report/": "other forms of the report",
  "src/guardrails/rules/": "other rules, and their list",
  "src/synth/proof-facts.ts": "says of proofs what findings don't",
  "src/synth/guard-targets.ts": "judges what a deployment makes",
};

const files = fs
  .readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => path.join("src", file));

test.each(journeys)("%s: what lies between two files on the way is on it, too, or looks on", (_, way) => {
  const imports = (file: string) => importsOf(file, { types: false });
  const imported = new Set(way.flatMap(imports));
  const between = files.filter(
    (file) => imported.has(file) && !way.includes(file) && imports(file).some((each) => way.includes(each)),
  );
  const looksOn = (file: string) => Object.keys(LOOKS_ON).some((each) => file.startsWith(each));
  expect(between.filter((file) => !looksOn(file))).toEqual([]);
});

test("the counts of adr/0012 are those of the lists", () => {
  const rows = textOf("docs/adr/0012-journeys.md").matchAll(/^\| ([^|]+?) +\| +\d+ \| +(\d+) \|$/gm);
  const counts = [...rows].slice(0, journeys.length).map(([, name, count]) => [name, Number(count)]);
  expect(counts).toEqual(journeys.map(([name, way]) => [name, way.length]));
});
