import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.join(__dirname, "..", "..");
const fixture = (name: string) => path.join("__tests__", "plan-review", "fixtures", `${name}.json`);

function octarine(args: readonly string[], input = "") {
  const run = spawnSync(process.execPath, ["bin/octarine.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
    input,
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

test.each([
  [0, ["no-change", "--fail-on", "disruption"]],
  [0, ["node-roll"]],
  [0, ["node-roll", "--fail-on", "security"]],
  [1, ["node-roll", "--fail-on", "disruption"]],
  [1, ["security-group-opened", "--fail-on", "security"]],
  [0, ["security-group-opened", "--fail-on", "irreversible"]],
  // Possible counts as certain.
  [1, ["cluster-may-replace", "--fail-on", "irreversible"]],
])("exits with %d for %j", (status, [name = "", ...options]) => {
  const run = octarine(["review", fixture(name), ...options]);
  expect(run.status).toBe(status);
  expect(run.stdout).toContain("What this review can't see");
  if (status === 1) expect(run.stderr).toMatch(/^stopped by --fail-on/m);
});

test("exits with 2 and one line on stderr when it can't review", () => {
  for (const file of ["package.json", "no-such-plan.json", "src"]) {
    const { status, stdout, stderr } = octarine(["review", file, "--fail-on", "irreversible"]);
    expect({ status, stdout, lines: stderr.trim().split("\n").length }).toEqual({
      status: 2,
      stdout: "",
      lines: 1,
    });
    expect(stderr).toMatch(/; give the output of terraform show -json PLANFILE$/m);
  }
});

test("names a stack by its folder where the file is plan.json", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-review-"));
  try {
    const file = path.join(folder, "prod-us-east-1-nodes", "plan.json");
    fs.mkdirSync(path.dirname(file));
    fs.copyFileSync(path.join(root, fixture("node-roll")), file);
    expect(octarine(["review", file]).stdout).toContain("prod-us-east-1-nodes: 3 to update");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test("reads standard input, and writes nothing but JSON on standard output", () => {
  const { stdout } = octarine(
    ["review", "-", "--format", "json"],
    fs.readFileSync(path.join(root, fixture("drift")), "utf8"),
  );
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, impact: "security" });
});

test("refuses options of a review without one", () => {
  const { status, stderr } = octarine(["plan", "x/y", "--format", "json"]);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "--format, --json, --fail-on and --all are for a review; add --review\n",
  });
});

describe("npx octarine diff", () => {
  test("compares a commit with the working tree, and leaves the repository as it was", () => {
    const before = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).stdout;
    const run = octarine(["--envs", "examples/envs", "diff", "--head", "HEAD", "--exit-code"]);
    expect(run.stdout).toMatch(/^No stack changes\./);
    expect(run.status).toBe(0);
    expect(spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).stdout).toBe(before);
  }, 120_000);

  test("refuses a ref that is not a commit", () => {
    const { status, stderr } = octarine(["diff", "--base", "no-such-ref"]);
    expect(status).toBe(2);
    expect(stderr).toContain("no-such-ref is not a commit of this repository");
  });
});

describe("npx octarine cost --base", () => {
  test("compares two commits by what each of them says", () => {
    const { stdout } = octarine(["cost", "dev", "--base", "HEAD", "--head", "HEAD", "--format", "json"]);

    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      targets: [{ target: "dev/us-east-1", kind: "same", lines: [] }],
    });
  });

  test("takes a workspace's name, and refuses what is not a target of either commit", () => {
    const at = ["--base", "HEAD", "--head", "HEAD", "--format", "json"];
    const { targets } = JSON.parse(octarine(["cost", "dev-us-east-1", ...at]).stdout) as {
      targets: object[];
    };
    expect(targets).toEqual([expect.objectContaining({ target: "dev/us-east-1" })]);

    const { status, stderr } = octarine(["cost", "dve", ...at]);
    expect(status).toBe(2);
    expect(stderr).toContain("dve is not a target of either commit; write one of dev/us-east-1, ");
  });

  test.each([
    [["cost", "--base", "no-such-ref"], "no-such-ref is not a commit of this repository"],
    [["cost", "--head", "HEAD"], "--head is for a comparison; add --base"],
  ])("refuses %j", (args, message) => {
    const { status, stderr } = octarine(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
