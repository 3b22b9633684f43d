import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { aFolder } from "../support/fixtures";
import { root } from "../support/pages";

const PARTS = ["bundle.mjs", "split-bundle.mjs", "code-cache.mjs"];
const RUNS = 'import { runBundled } from "./bundle.mjs";\nawait runBundled("src/word.ts");\n';

const folders: string[] = [];
afterAll(() => folders.forEach((each) => fs.rmSync(each, { recursive: true, force: true })));

/** A checkout with a program of one word. */
function aCheckout(): string {
  const folder = aFolder({
    "src/word.ts": 'console.log("first");\n',
    ".gen/none.ts": "",
    "charts/none.yaml": "",
    "main.ts": "",
    "package-lock.json": "{}",
    "bin/run.mjs": RUNS,
  });
  folders.push(folder);
  for (const part of PARTS) fs.copyFileSync(path.join(root, "bin", part), path.join(folder, "bin", part));
  fs.mkdirSync(path.join(folder, "node_modules"));
  for (const name of ["esbuild", "@esbuild"])
    fs.symlinkSync(path.join(root, "node_modules", name), path.join(folder, "node_modules", name));
  return fs.realpathSync(folder);
}

function says(folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(folder, "bin", "run.mjs")], {
    encoding: "utf8",
  });
  return stdout + stderr;
}

const known = (folder: string) =>
  path.join(folder, "node_modules", ".cache", "octarine", `sources-${process.version}.json`);

/** As if what is known of the sources had been found long after they were written. */
function timePassed(folder: string): void {
  const file = known(folder);
  const found = JSON.parse(fs.readFileSync(file, "utf8")) as object;
  fs.writeFileSync(file, JSON.stringify({ ...found, tookMs: -10_000 }));
}

test("sources that are as they were are not read again", () => {
  const folder = aCheckout();
  expect(says(folder)).toBe("first\n");
  timePassed(folder);
  const before = fs.readFileSync(known(folder), "utf8");

  expect(says(folder)).toBe("first\n");
  expect(fs.readFileSync(known(folder), "utf8")).toBe(before);
});

test.each<[string, (file: string) => void]>([
  ["is edited", (file) => fs.writeFileSync(file, 'console.log("other");\n')],
  [
    "is edited, and as old as before",
    (file) => {
      const { atime, mtime } = fs.statSync(file);
      fs.writeFileSync(file, 'console.log("other");\n');
      fs.utimesSync(file, atime, mtime);
    },
  ],
  [
    "is replaced by an older file",
    (file) => {
      fs.writeFileSync(`${file}.new`, 'console.log("other");\n');
      fs.utimesSync(`${file}.new`, 1, 1);
      fs.renameSync(`${file}.new`, file);
    },
  ],
])("a source that %s is what runs next", (_, edit) => {
  const folder = aCheckout();
  says(folder);
  timePassed(folder);
  edit(path.join(folder, "src", "word.ts"));

  expect(says(folder)).toBe("other\n");
});

test("a source that is edited right after a run is what runs next", () => {
  const folder = aCheckout();
  says(folder);
  fs.writeFileSync(path.join(folder, "src", "word.ts"), 'console.log("other");\n');

  expect(says(folder)).toBe("other\n");
});

test("what is known of the sources is found anew where it can't be read", () => {
  const folder = aCheckout();
  says(folder);
  fs.writeFileSync(known(folder), "{");

  expect(says(folder)).toBe("first\n");
});

test("what a file exports keeps up with what is assigned later, wherever it is read", () => {
  const folder = aCheckout();
  const sources = {
    "count.ts": "export let count = 0;\nexport function add() {\n  count += 1;\n}\nexport const fixed = 7;\n",
    "one.ts": 'import { add } from "./count";\nadd();\nexport const one = 1;\n',
    "two.ts": 'import { count, fixed } from "./count";\nexport const seen = () => `${count} ${fixed}`;\n',
    "word.ts":
      'void (async () => {\n  const { seen } = await import("./two");\n  await import("./one");\n  console.log(seen());\n})();\n',
  };
  for (const [name, text] of Object.entries(sources)) fs.writeFileSync(path.join(folder, "src", name), text);

  expect(says(folder)).toBe("1 7\n");
});

const bundles = (folder: string) =>
  fs
    .readdirSync(path.join(folder, "node_modules", ".cache", "octarine"), { withFileTypes: true })
    .filter((each) => each.isDirectory());

test.each([
  "src/word.ts",
  ".gen/none.ts",
  "charts/none.yaml",
  "main.ts",
  "package-lock.json",
  "bin/split-bundle.mjs",
])("an edit of %s is another program", (file) => {
  const folder = aCheckout();
  says(folder);

  fs.appendFileSync(path.join(folder, file), "\n");

  expect(says(folder)).toBe("first\n");
  expect(bundles(folder)).toHaveLength(2);
});
