import { spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { aFolder } from "../support/fixtures";
import { root } from "../support/pages";

/** A program of three scripts, which imports a module of its user's. */
const PROGRAM = {
  "program/main.cjs": `"use strict";
const { word } = require("./word.cjs");
const throws = () => { throw new Error("on purpose"); };
try { throws(); } catch (error) { console.log(error.stack.includes(__filename)); }
require("./import-file.cjs").importFile(process.argv[2]).then(({ mine }) => console.log(word(), mine));
`,
  "program/import-file.cjs": `"use strict";
exports.importFile = (file) => import(require("node:url").pathToFileURL(file).href);
`,
  "program/word.cjs": '"use strict";\nexports.word = () => "first";\n',
  "mine.mjs": 'export const mine = "mine";\n',
};
const RUNS = `import { run } from ${JSON.stringify(pathToFileURL(path.join(root, "bin", "code-cache.mjs")).href)};
run(new URL("./program/main.cjs", import.meta.url));
`;
const PRINTS = { status: 0, stdout: "true\nfirst mine\n", stderr: "" };

const folders: string[] = [];
afterAll(() => folders.forEach((each) => fs.rmSync(each, { recursive: true, force: true })));

function aProgram(): string {
  const folder = fs.realpathSync(aFolder({ ...PROGRAM, "run.mjs": RUNS }));
  folders.push(folder);
  return folder;
}

const args = (folder: string) => [path.join(folder, "run.mjs"), path.join(folder, "mine.mjs")];

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const {
    NODE_V8_COVERAGE: _,
    NODE_DISABLE_COMPILE_CACHE: __,
    NODE_COMPILE_CACHE: ___,
    ...env
  } = process.env;
  return { ...env, ...more };
}

function ran(folder: string, more?: NodeJS.ProcessEnv) {
  const run: SpawnSyncReturns<string> = spawnSync(process.execPath, args(folder), {
    env: environment(more),
    encoding: "utf8",
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** Files of kept code, with their content. */
function kept(folder: string): Map<string, Buffer> {
  const dir = path.join(folder, "program", ".compiled");
  const entries = fs.existsSync(dir) ? fs.readdirSync(dir, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return new Map(files.map((file) => [file, fs.readFileSync(file)]));
}

test("a program does the same by what was kept of it, and that stays as it is", () => {
  const folder = aProgram();

  const first = ran(folder);
  const afterFirst = kept(folder);

  expect(first).toEqual(PRINTS);
  expect(afterFirst.size).toBeGreaterThan(0);
  expect(ran(folder)).toEqual(PRINTS);
  expect(kept(folder)).toEqual(afterFirst);
});

test("a script that has changed is compiled anew, though it is as long as before", () => {
  const folder = aProgram();
  ran(folder);
  const file = path.join(folder, "program", "word.cjs");
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("first", "other"));

  expect(ran(folder)).toEqual({ ...PRINTS, stdout: "true\nother mine\n" });
  expect(ran(folder)).toEqual({ ...PRINTS, stdout: "true\nother mine\n" });
});

test("what is damaged is not used, and replaced", () => {
  const folder = aProgram();
  ran(folder);
  const damaged = [...kept(folder)].flatMap(([file, data]) => [
    { file, data: data.subarray(0, 0) },
    { file, data: data.subarray(0, data.length - 1) },
    // In the head of the file, in the list of scripts, in each part of their code.
    ...[0, 3, 5, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map((at) => {
      const copy = Buffer.from(data);
      const place = at < 1 ? Math.floor(at * copy.length) : at;
      copy.writeUInt8(copy.readUInt8(place) ^ 0xff, place);
      return { file, data: copy };
    }),
  ]);

  for (const { file, data } of damaged) {
    fs.writeFileSync(file, data);
    expect(ran(folder)).toEqual(PRINTS);
    expect(fs.readFileSync(file).equals(data)).toBe(false);
  }
});

test("a program that was moved says where it is now", () => {
  const folder = aProgram();
  ran(folder);
  const moved = `${folder}-moved`;
  folders.push(moved);
  fs.renameSync(folder, moved);

  expect(ran(moved)).toEqual(PRINTS);
});

test("where nothing can be kept, a program runs without", () => {
  const folder = aProgram();
  fs.writeFileSync(path.join(folder, "program", ".compiled"), "");

  expect(ran(folder)).toEqual(PRINTS);
});

test("nothing is kept where Node.js is told not to", () => {
  const folder = aProgram();

  expect(ran(folder, { NODE_DISABLE_COMPILE_CACHE: "1" })).toEqual(PRINTS);
  expect([...kept(folder).keys()]).toEqual([]);
});

test("several at once do the same, and leave no halves", async () => {
  const folder = aProgram();
  const statuses = await Promise.all(
    Array.from(
      { length: 4 },
      () =>
        new Promise((resolve) =>
          spawn(process.execPath, args(folder), { env: environment() }).on("exit", resolve),
        ),
    ),
  );
  const files = [...kept(folder).keys()];

  expect(statuses).toEqual([0, 0, 0, 0]);
  expect(ran(folder)).toEqual(PRINTS);
  expect([...kept(folder).keys()]).toEqual(files);
});
