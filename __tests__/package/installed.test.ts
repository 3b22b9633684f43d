import fs from "node:fs";
import path from "node:path";
import { version } from "../../package.json";
import { synthesize } from "../../src/synth/synthesize";
import { loadFleet } from "../../src/fleet/load-fleet";
import { aFolder } from "../support/fixtures";
import { installedProject, type Project } from "../support/installed-package";
import { contents } from "../support/output-bundle";
import { root } from "../support/pages";

// Building and installing alone may take minutes where others work on the machine, too.
jest.setTimeout(900_000);

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

describe("a repository with a stack, a rule and a change of its own", () => {
  const TOOLS = ["tsx", "esbuild", "get-tsconfig", "typescript", "@types"];

  beforeAll(() => {
    fs.cpSync(path.join(root, "examples", "extend"), project.folder, { recursive: true });
    // What it would install beside the package, from the checkout.
    for (const name of TOOLS.filter((each) => fs.existsSync(path.join(root, "node_modules", each))))
      fs.symlinkSync(path.join(root, "node_modules", name), path.join(project.folder, "node_modules", name));
  });

  const tool = (file: string, ...args: string[]) =>
    project.run(process.execPath, [path.join(root, "node_modules", file), ...args]);

  test("compiles against the package's own types alone", () => {
    expect(tool("typescript/bin/tsc", "--skipLibCheck", "false")).toMatchObject({ status: 0, output: "" });
  });

  test("has its types checked: what a stack does not publish does not compile", () => {
    const stack = project.read("stacks/notices-stack.ts");
    project.write({ "stacks/wrong.ts": stack.replace("this.cluster.name", "this.cluster.nonsense") });
    const { output } = tool("typescript/bin/tsc");
    fs.rmSync(path.join(project.folder, "stacks/wrong.ts"));

    expect(output).toContain("'nonsense' does not exist");
  });

  test("passes its own tests", () => {
    const run = project.run(process.execPath, ["--import", "tsx", "--test", "tests/notices-stack.test.ts"]);

    expect([run.status, run.output]).toEqual([0, expect.stringContaining("# pass 2")]);
  });

  test("has its stack in the order, in what is written, and the same by cdktf's app", () => {
    const run = project.octarine("synth", "dev", "--out", "by-octarine");
    const app = tool("tsx/dist/cli.mjs", "main.ts");

    expect(run.output).toContain("nodes -> notices -> autoscaling");
    expect(project.read("by-octarine/stacks/dev-us-east-1-notices/cdk.tf.json")).toContain("aws_sqs_queue");
    expect(project.read("by-octarine/stacks/dev-us-east-1-cluster/cdk.tf.json")).toContain('"create": "60m"');
    expect(app.status).toBe(0);
    const file = "stacks/dev-us-east-1-notices/cdk.tf.json";
    expect(project.read(`cdktf.out/${file}`)).toBe(project.read(`by-octarine/${file}`));
  });

  test("is refused by its own rule, with the others", () => {
    const file = "stacks/notices-stack.ts";
    const stack = project.read(file);
    project.write({ [file]: stack.replace("sqs_managed_sse_enabled: true", "fifo_queue: true") });
    const { status, remarks } = project.octarine("synth", "dev");
    project.write({ [file]: stack });

    expect(status).toBe(1);
    expect(remarks).toMatch(/^OWN-QUEUE-ENCRYPTED dev-us-east-1-notices\/aws_sqs_queue\.queue: /m);
    expect(remarks).toMatch(/^ENC-QUEUE /m);
  });

  test("whose octarine.config exports nothing is told what to write", () => {
    const config = project.read("octarine.config.ts");
    project.write({ "octarine.config.ts": "export const nothing = 1;\n" });
    const { status, remarks } = project.octarine("list");
    project.write({ "octarine.config.ts": config });

    expect([status, remarks]).toEqual([
      1,
      "octarine.config.ts: needs a default export; write export default defineProject({ ... })\n",
    ]);
  });
});
