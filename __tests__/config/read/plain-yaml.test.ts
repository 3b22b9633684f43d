import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { parseAnyYaml } from "../../../src/config/read/parse-yaml";
import { parsePlainYaml } from "../../../src/config/read/plain-yaml";
import { root } from "../../support/pages";

const FILE = "envs/dev/us-east-1.yaml";

/** The same inputs each time: a test that fails on some days is no test. */
const SEED = 20;

/** Of the samples, each file. */
const samples = ["envs", path.join("examples", "envs")].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => path.join(folder, name)),
);
const textOf = (name: string) => fs.readFileSync(path.join(root, name), "utf8");

/** What is read plainly is what the YAML library reads: values, places and order. */
function expectSame(text: string): boolean {
  const plain = parsePlainYaml(text, FILE);
  if (plain === undefined) return false;
  expect(parseAnyYaml(text, FILE)).toEqual({ root: plain, problems: [], holes: [], broken: false });
  return true;
}

test.each(samples)("%s is read plainly, and as the YAML library reads it", (name) => {
  expect(expectSame(textOf(name))).toBe(true);
});

test("most of what people could write is read plainly, and as the YAML library reads it", () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      if (expectSame(stringify({ value }))) plain++;
    }),
    { numRuns: 500, seed: SEED },
  );
  expect(plain).toBeGreaterThan(100);
});

const SMALL = [
  "a: b\n",
  'a:\n  - b\n  - c: d\n    e: [f, g]\nh: {i: 1, j: "k"}\n',
  "a:\n- b\n- c\nd: e # f\n",
  "a: {b: [c, {d: e}], f: 'g'}\n",
  "a:\n  { b: c, d: [] }\n",
];
const BITS =
  " |  |\n|\n  |\n- |- |: |:|#| # x|,|[|]|{|}|{}|[]|\"|'|a|A|0|1|-|1e3|0x1f|007|1.5|.5|.|.inf|~|null|true|No|*a|&a |!|!!str |>|?|? |%|@|`|\\|\t|\r\n|...|---|---\n|é|\"a\": |k: v\n|a b: |  - x: y\n|<<: |'':|\"\"|''|x: \n|1: |true: |1.|+1|_|/|://|=|\n\n|constructor: ".split(
    "|",
  );

/** A text in which some places are not as they were. */
const edited = fc
  .record({
    text: fc.constantFrom(...SMALL, ...samples.map(textOf)),
    edits: fc.array(fc.record({ at: fc.nat(), removed: fc.nat(3), bit: fc.constantFrom(...BITS, "|") }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ text, edits }) =>
    edits.reduce((now, { at, removed, bit }) => {
      const from = at % (now.length + 1);
      return now.slice(0, from) + bit + now.slice(from + removed);
    }, text),
  );

test("whatever else is in a text, it is the YAML library's, or both read the same", () => {
  let plain = 0;
  fc.assert(
    fc.property(edited, (text) => {
      if (expectSame(text)) plain++;
    }),
    { numRuns: 3_000, seed: SEED },
  );
  expect(plain).toBeGreaterThan(300);
});

test.each([
  ["nothing", "# nothing\n"],
  ["a key twice", "a: 1\na: 2\n"],
  ["a key without a value", "a:\nb: c\n"],
  ["a value over two lines", "a: b\n  c\n"],
  ["an anchor", "a: &b c\n"],
  ["an alias", "a: *b\n"],
  ["a tag", "a: !!str c\n"],
  ["a text with an escape", 'a: "\\n"\n'],
  ["a block of text", "a: |\n  b\n"],
  ["two documents", "a: b\n---\na: c\n"],
  ["a tab", "a:\tb\n"],
  ["a name of every object", "toString: b\n"],
  ["a number with zeros before it", "a: 007\n"],
  ["a number with an exponent", "a: 1e3\n"],
  ["infinity", "a: .inf\n"],
  [
    "forty levels",
    `${Array.from({ length: 40 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")}${" ".repeat(40)}a: b\n`,
  ],
])("%s is the YAML library's", (_, text) => {
  expect(parsePlainYaml(text, FILE)).toBeUndefined();
});
