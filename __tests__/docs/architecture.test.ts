import fs from "node:fs";
import path from "node:path";
import { before } from "../../src/model/stack-order";
import { stackNames } from "../../src/model/state-location";
import { root, textOf } from "../support/pages";

const page = textOf("docs/architecture.md");
/** Rows of the tables of a section. */
const rowsOf = (section: string) =>
  (page.split(/^## /m).find((each) => each.startsWith(section)) ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()));

/** What ESLint lets a folder import of ours, besides itself and src/text. */
function zones(): Record<string, string[]> {
  const config = fs.readFileSync(path.join(root, "eslint.config.mjs"), "utf8");
  const [, rows = ""] = /const mayImport = \{\n([\s\S]*?)\n\};/.exec(config) ?? [];
  return Object.fromEntries(
    [...rows.matchAll(/^ {2}"?([a-z-]+)"?: \[([^\]]*)\]/gm)].map(([, folder = "", list = ""]) => [
      folder,
      [...list.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name).sort(),
    ]),
  );
}

/** `src/x` of the first column, with the names of the last one. */
function table(): Record<string, string[]> {
  return Object.fromEntries(
    rowsOf("# Architecture").flatMap(([, folder = "", , imports = ""]) => {
      const name = /^`src\/([a-z-]+)`$/.exec(folder)?.[1];
      return name === undefined
        ? []
        : [[name, imports === "nothing of ours" ? [] : imports.split(", ").sort()]];
    }),
  );
}

test("the table of imports is what ESLint holds", () => {
  const { cli, ...others } = table();
  expect(cli).toEqual(["all of the above"]);
  expect(others).toEqual(zones());
});

test("every folder of src has its row", () => {
  const folders = fs.readdirSync(path.join(root, "src"), { withFileTypes: true });
  expect(Object.keys(table()).sort()).toEqual(
    folders
      .filter((each) => each.isDirectory())
      .map(({ name }) => name)
      .sort(),
  );
});

test("the table of stacks is the order that stacks have", () => {
  const stacks = rowsOf("Stacks of a target").filter(([, name = ""]) =>
    stackNames.some((each) => each === name),
  );
  expect(stacks.map(([, name]) => name).sort()).toEqual([...stackNames].sort());
  stacks.forEach(([, name = "", , after = ""], index) => {
    const stack = stackNames.find((each) => each === name) ?? "network";
    // Whatever is not named is there by way of those that are.
    if (after === "all of the above") {
      const reached = (each: (typeof stackNames)[number]): string[] =>
        before[each].flatMap((one) => [one, ...reached(one)]);
      expect([...new Set(reached(stack))].sort()).toEqual(
        stacks
          .slice(0, index)
          .map(([, above]) => above)
          .sort(),
      );
      return;
    }
    const said = after === "-" ? [] : after.replace("; peers", "").split(", ");
    expect([name, said]).toEqual([name, before[stack]]);
  });
});
