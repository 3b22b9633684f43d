import fs from "node:fs";
import path from "node:path";
import { stackNames } from "../../src/model/stacks/stack-names";
import { stackRecords } from "../../src/model/stacks/stack-records";
import { architecturePage, directImports, readRooms } from "../../tools/architecture/architecture";
import { readmePage, readReadme } from "../../tools/architecture/component-table";
import { installersPage, readInstallers } from "../../tools/architecture/installers";
import { root, textOf } from "../support/pages";

const page = textOf("docs/architecture.md");
/** Rows of the tables of a section. */
const rowsOf = (section: string) =>
  (page.split(/^## /m).find((each) => each.startsWith(section)) ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()));

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

test("the table of stacks is what their records say, in the order of their deployment", () => {
  const stacks = rowsOf("Stacks of a target").filter(([, name = ""]) =>
    stackNames.some((each) => each === name),
  );
  expect(stacks.map(([, name]) => name)).toEqual(stackNames);
  stacks.forEach(([, name = "", holds, after = ""], index) => {
    const stack = stackNames.find((each) => each === name) ?? "network";
    expect([name, holds]).toEqual([name, stackRecords[stack].holds]);
    // Whatever is not named is there by way of those that are.
    if (after === "all of the above") {
      const reached = (each: (typeof stackNames)[number]): string[] =>
        stackRecords[each].after.flatMap((one) => [one, ...reached(one)]);
      expect([...new Set(reached(stack))].sort()).toEqual(
        stacks
          .slice(0, index)
          .map(([, above]) => above)
          .sort(),
      );
      return;
    }
    const said = after === "-" ? [] : after.replace("; peers", "").split(", ");
    expect([name, said]).toEqual([name, stackRecords[stack].after]);
  });
});

/** Files of a journey, in order. */
const journeys = (page.split(/^## /m).find((each) => each.startsWith("Five journeys")) ?? "")
  .split(/^- /m)
  .slice(1)
  .map((text): [string, string[]] => [
    text.split("**")[1] ?? "",
    [...(text.split("\n\n")[0] ?? "").matchAll(/`(src\/[^`]*\.ts)`/g)].flatMap(([, file]) => file ?? []),
  ]);

/** Files of ours that a file imports. */
function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/ from "(\.[^"]+)"/g)].map(
    ([, other = ""]) => `${path.join(path.dirname(file), other)}.ts`,
  );
}

test.each(journeys)("%s: each file on the way imports another one of it, or is imported", (_, files) => {
  const alone = files.filter(
    (file) =>
      !files.some(
        (other) => other !== file && (importsOf(file).includes(other) || importsOf(other).includes(file)),
      ),
  );
  expect([files.length > 5, alone]).toEqual([true, []]);
});
