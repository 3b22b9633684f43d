import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { aFolder } from "../support/fixtures";
import { root } from "../support/offline-terraform";
import { contents } from "../support/output-bundle";
import { projectOfAllInputs } from "../support/project-of-all-inputs";

// Names that languages put in different orders: z is before t in Estonian, ch after h in Czech.
const project = projectOfAllInputs("namespaces: { shop: {}, zoo: {}, tools: {}, ham: {}, chat: {} }");
const node = process.execPath;

interface Machine {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
  readonly before?: string;
  readonly envs?: string;
}

/** Files of a synthesis on a machine that differs from this one. */
function made({ cwd = project, env = {}, node: binary = node, before = "true", envs = "envs" }: Machine) {
  const out = path.join(aFolder({}), "out");
  const { status, stderr } = spawnSync(
    "sh",
    [
      "-c",
      `${before}; exec "$0" "$@"`,
      binary,
      path.join(root, "bin", "octarine.mjs"),
      "--envs",
      envs,
      "synth",
      "--out",
      out,
    ],
    { cwd, encoding: "utf8", input: "", env: { ...process.env, ...env } },
  );
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("internal error")]);
  return contents(out);
}

let here: ReturnType<typeof made>;
beforeAll(() => (here = made({})), 120_000);

const elsewhere = () => {
  const folder = path.join(aFolder({}), "a checkout, elsewhere");
  fs.cpSync(project, folder, { recursive: true });
  return folder;
};

// Paths of other versions of Node.js, where there are some: OTHER_NODES=/opt/node-22/bin/node:/opt/node-24/bin/node.
const otherNodes = (process.env.OTHER_NODES ?? "").split(":").filter(Boolean);

test.each<[string, () => Machine]>([
  ["time zone, a day ahead", () => ({ env: { TZ: "Pacific/Kiritimati" } })],
  ["time zone, a day behind", () => ({ env: { TZ: "Pacific/Pago_Pago" } })],
  ["language, Estonian", () => ({ env: { LC_ALL: "et_EE.UTF-8", LANG: "et_EE.UTF-8" } })],
  ["language, Czech", () => ({ env: { LC_ALL: "cs_CZ.UTF-8", LANG: "cs_CZ.UTF-8" } })],
  ["language, none", () => ({ env: { LC_ALL: "C", LANG: "C" } })],
  ["umask", () => ({ before: "umask 077" })],
  [
    "order of files and day",
    () => ({ env: { NODE_OPTIONS: `--require ${path.join(__dirname, "../support/unlike-here.cjs")}` } }),
  ],
  ["path of the checkout", () => ({ cwd: elsewhere() })],
  ["path by which the folder is named", () => ({ envs: path.join(project, "envs") })],
  ["home and temporary folder", () => ({ env: { HOME: aFolder({}), TMPDIR: aFolder({}) } })],
  ...otherNodes.map((binary): [string, () => Machine] => [`Node.js ${binary}`, () => ({ node: binary })]),
])("the same bytes with another %s", (_what, machine) => {
  const there = made(machine());

  expect(there).toEqual(here);
});
