import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { type KeptTree, KeptTrees } from "../../../src/config/read/kept-trees";
import { parseYaml } from "../../../src/config/read/parse-yaml";
import { anyYaml } from "../../support/any-yaml";
import { root } from "../../support/pages";

const FILE = "envs/dev/us-east-1.yaml";

/** Of the samples, each file's text. */
const samples = ["envs", path.join("examples", "envs")].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => fs.readFileSync(path.join(root, folder, name), "utf8")),
);

/** What a run keeps of a text for the next, through the file in which it is kept. */
function keptOf(text: string): ReadonlyMap<string, KeptTree> {
  const trees = new KeptTrees();
  trees.parse(text, FILE);
  return new Map(JSON.parse(JSON.stringify([...trees.now])) as [string, KeptTree][]);
}

function expectSame(text: string): void {
  const elsewhere = "envs/other/eu-west-1.yaml";
  expect(new KeptTrees(keptOf(text)).parse(text, elsewhere)).toEqual(parseYaml(text, elsewhere));
}

test("files are read from what was kept of them as they are from their text: values, places, order and problems", () => {
  expect(samples.length).toBeGreaterThan(30);
  samples.forEach(expectSame);
  fc.assert(fc.property(anyYaml, expectSame), { numRuns: 50, seed: 1 });
});

test.each([
  ["numbers that JSON can't write", "a: .inf\nb: -.inf\nc: .nan\nd: -0\n"],
  ["keys that are numbers, in their order", "b: 1\n2: two\n1: one\n"],
  ["aliases and long texts", "a: &x [1, 0x1f, 1e3]\nb: *x\nc: |\n  long\n  text\n"],
  ["nothing", "# nothing\n"],
  ["a list", "- a\n"],
  ["a key twice", "a: 1\na: 2\n"],
  ["what is not YAML", "a: [\n"],
])("%s: the same", (_, text) => {
  expectSame(text);
});

test("a text that was edited is parsed, and one in which anything is wrong is not kept", () => {
  const before = keptOf("a: one\n");

  expect(new KeptTrees(before).parse("a: two\n", FILE)).toEqual(parseYaml("a: two\n", FILE));
  expect(keptOf("a: 1\na: 2\n").size).toBe(0);
});

test("what is kept is told to be other where a file is new, gone, or was edited", () => {
  const texts = ["a: one\n", "b: two\n"];
  const before = new Map(texts.flatMap((text) => [...keptOf(text)]));
  const isOther = (read: readonly string[]) => {
    const trees = new KeptTrees(before);
    read.forEach((text) => trees.parse(text, FILE));
    return trees.isOther;
  };

  expect([texts, [...texts, "c: 3\n"], texts.slice(1), ["a: 1\n", "b: two\n"]].map(isOther)).toEqual([
    false,
    true,
    true,
    true,
  ]);
});
