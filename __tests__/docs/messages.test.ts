import fs from "node:fs";
import path from "node:path";
import { program } from "../../src/cli/program";
import { root } from "../support/pages";

const names = program().commands.map((command) => command.name());
const bare = new RegExp(`(?<!npx )(?<![\\w/.@-])octarine (?:(?:${names.join("|")})\\b|--|\\$\\{)`);
/** Not commands to type: the name of a tool in its report, and what --version prints. */
const NAMED = new Set([
  'name: "octarine review",',
  '.version(`octarine ${version}`, "--version", "print the version")',
]);

/** Lines of our sources that are no comments. */
function codeLines(): { at: string; text: string }[] {
  const files = fs
    .readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes(`registry${path.sep}`));
  return files.flatMap((file) =>
    fs
      .readFileSync(path.join(root, "src", file), "utf8")
      .split("\n")
      .map((line, index) => ({ at: `src/${file}:${index + 1}`, text: line.trim() }))
      .filter(({ text }) => !/^(\*|\/\/|\/\*)/.test(text)),
  );
}

test("a command that the program suggests is one that can be typed: nothing puts octarine on the PATH", () => {
  const found = codeLines().filter(({ text }) => bare.test(text) && !NAMED.has(text));
  expect(found.map(({ at, text }) => `${at}  ${text}`)).toEqual([]);
});

test("what to type instead is found", () => {
  expect([
    bare.test("run octarine synth"),
    bare.test("run npx octarine synth"),
    bare.test("docs/octarine list"),
  ]).toEqual([true, false, false]);
});
