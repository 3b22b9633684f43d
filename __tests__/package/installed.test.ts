import fs from "node:fs";
import path from "node:path";
import { version } from "../../package.json";
import { synthesize } from "../../src/synth/synthesize";
import { loadFleet } from "../../src/fleet/load-fleet";
import { aFolder } from "../support/fixtures";
import { installedProject, type Project } from "../support/installed-package";
import { contents } from "../support/output-bundle";
import { root } from "../support/pages";

let project: Project;

beforeAll(() => {
  project = installedProject();
  fs.cpSync(path.join(root, "envs"), path.join(project.folder, "envs"), { recursive: true });
});

afterAll(() => fs.rmSync(path.dirname(project.folder), { recursive: true, force: true }));

const bytesIn = (folder: string): number =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + fs.statSync(path.join(parentPath, name)).size, 0);

test("the program says its version", () => {
  expect(project.octarine("--version")).toEqual({ status: 0, output: `octarine ${version}\n`, remarks: "" });
});

test("the packed program writes the same bytes as the sources", () => {
  const out = path.join(aFolder({}), "out");
  synthesize(loadFleet(path.join(root, "envs")), out, { whole: true });

  expect(project.octarine("synth").status).toBe(0);
  expect(contents(path.join(project.folder, "cdktf.out"))).toEqual(contents(out));
});

test("the packed program finds what it reads beside itself: checks, charts, diagrams and the schema", () => {
  const commands = [
    ["config", "validate"],
    ["check", "dev"],
    ["capacity", "dev"],
    ["cost", "dev"],
    ["diagram", "dev/us-east-1"],
    ["report", "dev", "--out", "report.html"],
    ["config", "schema", "--out", "schema.json"],
  ];

  expect(commands.map((each) => [...each, project.octarine(...each).status])).toEqual(
    commands.map((each) => [...each, 0]),
  );
  expect(project.read("schema.json")).toBe(project.read("node_modules/octarine/schema/target.schema.json"));
});

test("an install is small and holds one copy of what a project shares with it", () => {
  const packages = path.join(project.folder, "node_modules");

  expect(fs.readdirSync(packages).filter((name) => !name.startsWith("."))).toEqual([
    "cdktf",
    "constructs",
    "octarine",
  ]);
  expect(bytesIn(packages)).toBeLessThan(50e6);
  expect(fs.existsSync(path.join(packages, "octarine", "node_modules"))).toBe(false);
});

test("the package holds no sources, no tests and no samples", () => {
  const folder = path.join(project.folder, "node_modules", "octarine");

  expect(fs.readdirSync(folder).sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "bin",
    "dist",
    "docs",
    "package.json",
    "schema",
  ]);
});

test("whoever has the package has the licence of all that is bundled in it", () => {
  const notices = project.read("node_modules/octarine/dist/THIRD-PARTY-NOTICES.md");
  const listed = [...notices.matchAll(/^\| \[(.+?)\]/gm)].map(([, name]) => name);

  expect(listed).toEqual(expect.arrayContaining(["@cdktf/provider-aws", "commander", "yaml", "zod"]));
  expect(listed.filter((name) => !notices.includes(`\n## ${name} `))).toEqual([]);
  expect(notices).toContain("Mozilla Public License, version 2.0");
});
