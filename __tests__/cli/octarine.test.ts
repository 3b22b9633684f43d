import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { aFolder, BASE_YAML } from "../support/fixtures";

const root = path.join(__dirname, "..", "..");
const project = aFolder({
  "cdktf.json": "{}",
  "envs/platform.yaml": 'tags: { owner: platform }\nrelease: "2025.09"\n',
  "envs/dev/us-east-1.yaml": BASE_YAML,
  "envs/dev/us-west-2.yaml": BASE_YAML.replaceAll("us-east-1", "us-west-2"),
  "broken/dev/us-east-1.yaml": BASE_YAML.replace("10.0.0.0/16", "10.0.3.0/16"),
});

/** Runs the command in the project's folder, as a user does, with nobody at the terminal. */
function octarine(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "bin", "octarine.mjs"), ...args],
    { cwd: project, encoding: "utf8", input: "", timeout: 60_000 },
  );
  return { status, stdout, stderr };
}

beforeAll(() => octarine("--help"), 60_000);

describe("exit codes", () => {
  test.each<[string, string[], number, string | RegExp]>([
    ["a clean run", ["config", "validate"], 0, ""],
    ["help", ["--help"], 0, ""],
    [
      "a config with a problem",
      ["--envs", "broken", "synth"],
      1,
      "network.vpcCidr: 10.0.3.0/16  has host bits set",
    ],
    ["a folder that is not there", ["--envs", "nowhere", "list"], 1, "nowhere"],
    ["an unknown command", ["syth"], 2, "(Did you mean synth?)"],
    ["an unknown option", ["list", "--jsn"], 2, "(Did you mean --json?)"],
    ["an unknown target", ["synth", "dev/us-east-2"], 2, "dev/us-east-2"],
    ["a target left out", ["plan"], 2, "missing required argument 'target'"],
    ["an unknown form", ["mesh", "show", "--format", "yaml"], 2, "Allowed choices are text, mermaid, json."],
    ["no time to wait", ["release", "refresh", "--timeout", "0"], 2, "write a number of seconds above 0"],
    ["no time to wait for prices", ["cost", "refresh", "--timeout", "x"], 2, "number of seconds above 0"],
    [
      "an unknown path",
      ["config", "explain", "dev/us-east-1", "network.vpc"],
      2,
      "network.vpc is not a path",
    ],
    [
      "an unknown path, with the one meant",
      ["config", "explain", "dev/us-east-1", "network.vpcCird"],
      2,
      "network.vpcCird is not a path of dev/us-east-1; did you mean network.vpcCidr?",
    ],
    [
      "rules of a target, which no rule is",
      ["check", "nosuch", "--rules"],
      2,
      "leave the targets and plans out",
    ],
    [
      "an unknown stack",
      ["deploy", "dev/us-east-1", "netwrk", "--yes"],
      2,
      "netwrk is not a stack of dev/us-east-1",
    ],
    [
      "an unknown environment, with the one meant",
      ["synth", "dve"],
      2,
      "dve is not a target; did you mean dev?",
    ],
    [
      "a name that is near none, without a guess",
      ["synth", "payments"],
      2,
      "payments is not a target; write one of dev/",
    ],
    [
      "an unknown target, before who could approve",
      ["deploy", "dve/us-east-1"],
      2,
      "did you mean dev/us-east-1?",
    ],
    ["likewise before who could confirm", ["destroy", "dve/us-east-1"], 2, "did you mean dev/us-east-1?"],
    ["likewise an unknown stack", ["deploy", "dev/us-east-1", "netwrk"], 2, "did you mean network?"],
    ["a deployment that nobody can approve", ["deploy", "dev/us-east-1"], 2, "--yes"],
    ["a destruction that nobody can confirm", ["destroy", "dev/us-east-1"], 2, "--yes"],
  ])("%s", (_name, args, status, message) => {
    const run = octarine(...args);

    expect(run.status).toBe(status);
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });
});

describe("warnings", () => {
  const versions = "has unverified pins";
  const settings = "a managed group keeps its first size";

  test.each<[string[], string[]]>([
    [["list"], []],
    [["config", "explain", "dev/us-east-1"], []],
    [["cost", "dev/us-east-1"], []],
    [["config", "validate"], [settings]],
    [["synth"], [versions, settings]],
    [["release", "show", "2025.09"], []],
  ])("of %j are those that concern it, each once", (args, wanted) => {
    const { stderr } = octarine(...args);
    const lines = stderr.split("\n").filter((line) => line.startsWith("warning:"));

    expect([versions, settings].filter((each) => lines.some((line) => line.includes(each)))).toEqual(wanted);
    expect(new Set(lines).size).toBe(lines.length);
    for (const each of [versions, settings])
      expect(lines.filter((line) => line.includes(each)).length).toBeLessThanOrEqual(1);
  });
});

test("--version prints the version", () => {
  const run = octarine("--version");

  expect(run.status).toBe(0);
  expect(run.stdout).toMatch(/^octarine \d+\.\d+\.\d+$/m);
});

test("list shows each target; --json for scripts", () => {
  const rows = JSON.parse(octarine("list", "--json").stdout) as { target: string; stacks: string[] }[];

  expect(octarine("list").stdout).toMatch(/dev\/us-east-1 +dev-us-east-1 +2026\.11/);
  expect(rows.map(({ target }) => target)).toEqual(["dev/us-east-1", "dev/us-west-2"]);
  expect(rows[0]?.stacks).toContain("dev-us-east-1-network");
});

test("explain names the file and line that gave each value", () => {
  const { stdout } = octarine("config", "explain", "dev/us-east-1");

  expect(stdout).toMatch(/^release +2026\.11 +envs\/dev\/us-east-1\.yaml:2$/m);
  expect(stdout).toMatch(/^tags\.owner +platform +envs\/platform\.yaml:1$/m);
  expect(stdout).toMatch(/^nodes\.main\.ami +al2023 +default$/m);
});

test("the schema describes every key", () => {
  const schema = JSON.parse(octarine("config", "schema").stdout) as object;
  const undescribed: string[] = [];
  const visit = (node: unknown, at: string): void => {
    if (typeof node !== "object" || node === null) return;
    const { properties, description } = node as { properties?: Record<string, object>; description?: string };
    if (at !== "" && description === undefined) undescribed.push(at);
    for (const [name, property] of Object.entries(properties ?? {})) visit(property, `${at}.${name}`);
  };
  visit(schema, "");

  expect(undescribed).toEqual([]);
});

test.each<[string, string[]]>([
  ["target", []],
  ["workload", ["--workload"]],
])("the schema of a %s in the repository is the one that the command prints", (of, options) => {
  const written = fs.readFileSync(path.join(root, "schema", `${of}.schema.json`), "utf8");

  expect(octarine("config", "schema", ...options).stdout).toBe(written);
});

test("synth writes the targets asked for, and nothing when a file is wrong", () => {
  expect(octarine("synth", "dev/us-east-1").stdout).toContain("1 target, 4 stacks in cdktf.out");
  const before = fs.readdirSync(path.join(project, "cdktf.out", "stacks"));

  expect(octarine("--envs", "broken", "synth").status).toBe(1);
  expect(fs.readdirSync(path.join(project, "cdktf.out", "stacks"))).toEqual(before);
});

test("colour is for terminals", () => {
  expect(octarine("list").stdout).not.toMatch(/\u001b\[/);
});
