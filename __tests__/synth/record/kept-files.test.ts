import fs from "node:fs";
import path from "node:path";
import { KeptTrees } from "../../../src/config/read/kept-trees";
import { readKeptFiles, writeKeptFiles } from "../../../src/synth/record/kept-files";
import { aFolder } from "../../support/fixtures";

const dir = aFolder({});
const file = path.join(dir, "kept.files");
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

const trees = new KeptTrees();
trees.parse("a: [one, 2]\n", "envs/dev/us-east-1.yaml");
beforeEach(() => writeKeptFiles(file, "program", trees.now));

test("trees are those that were kept", () => {
  expect(readKeptFiles(file, "program")).toEqual(trees.now);
});

test("what another program kept is not believed", () => {
  expect(readKeptFiles(file, "another").size).toBe(0);
});

test.each<[string, () => void]>([
  ["was edited", () => fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("one", "two"))],
  ["is cut off", () => fs.truncateSync(file, fs.statSync(file).size - 3)],
  ["is empty", () => fs.writeFileSync(file, "")],
  ["is gone", () => fs.rmSync(file)],
])("a file that %s is not believed", (_, change) => {
  change();

  expect(readKeptFiles(file, "program").size).toBe(0);
});
