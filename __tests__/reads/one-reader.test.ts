import fs from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";

const root = path.join(__dirname, "..", "..");

/** Sources that a synthesis is made by, with all that they import. */
const { metafile } = buildSync({
  absWorkingDir: root,
  entryPoints: ["src/cli/synth/synth-fresh.ts"],
  bundle: true,
  packages: "external",
  platform: "node",
  write: false,
  metafile: true,
  logLevel: "error",
});
const sources = Object.keys(metafile.inputs).filter(
  (file) => file.startsWith("src/") && file.endsWith(".ts"),
);

/** Sources whose code, comments aside, has a match. */
const having = (pattern: RegExp) =>
  sources
    .filter((file) => pattern.test(withoutComments(fs.readFileSync(path.join(root, file), "utf8"))))
    .sort();
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

test("the sources of a synthesis are known", () => {
  expect(sources).toEqual(
    expect.arrayContaining(["src/config/read/read-layer.ts", "src/stacks/target-stacks.ts"]),
  );
});

test("files that a configuration leads to are read in one place, which records them", () => {
  expect(having(/from "(node:)?(fs|child_process|http|https|net|dns|worker_threads)(\/promises)?"/)).toEqual([
    // Charts, which are of the program.
    "src/modules/chart-folder.ts",
    "src/reads/reads.ts",
    // The output folder.
    "src/synth/output/compare-output.ts",
    "src/synth/output/differing.ts",
    "src/synth/output/errored-state.ts",
    "src/synth/output/journal.ts",
    "src/synth/output/layout.ts",
    "src/synth/output/lock.ts",
    "src/synth/output/made.ts",
    "src/synth/output/manifest.ts",
    "src/synth/output/wanted.ts",
    "src/synth/output/write-output.ts",
    "src/synth/record/kept-files.ts",
    "src/synth/record/replace-file.ts",
    "src/synth/record/run-record.ts",
    "src/synth/record/seals.ts",
    "src/synth/record/target-records.ts",
    // A folder that nothing is written to.
    "src/synth/unwritten-app.ts",
  ]);
});

test("no setting of the environment is read but how words are shown", () => {
  expect(having(/process\.(env|argv|platform|getuid|umask)|from "(node:)?os"/)).toEqual([
    "src/cli/terminal.ts",
    // Hides those by which cdktf would write something else.
    "src/synth/cdktf-variables.ts",
    "src/synth/output/compare-output.ts",
    "src/synth/unwritten-app.ts",
  ]);
});

test("no clock, no chance and no language of the machine's is asked but by the lock of a folder", () => {
  expect(
    having(
      /Date\.now|new Date\(\)|performance\.now|Math\.random|randomUUID|randomBytes|localeCompare|toLocale|Intl\.|\.getTimezoneOffset|\.get(Hours|Day|Date|Month|FullYear)\(/,
    ),
  ).toEqual([
    // Zones that exist, and figures by a language that is named.
    "src/config/schema/workloads/triggers.ts",
    "src/synth/output/lock.ts",
    // Whether a file's times are old enough to know it by.
    "src/synth/output/made-stacks.ts",
    "src/synth/output/write-output.ts",
    "src/synth/record/run-record.ts",
    "src/text/counted.ts",
  ]);
});
