import childProcess, { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { type App, TerraformStack } from "cdktf";
import { loadFleet } from "../../src/config/load-fleet";
import { stateLocation } from "../../src/stacks/state-location";
import { refuseSharedStates, StateClashError, synthesize } from "../../src/synth/synthesize";
import { writeOutput } from "../../src/synth/write-output";
import { aFolder, aTarget, BASE_YAML } from "../support/fixtures";

const root = path.join(__dirname, "..", "..");

const stacksIn = (out: string) => fs.readdirSync(path.join(out, "stacks")).sort();

function contents(dir: string): Record<string, string> {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      path.relative(dir, path.join(parentPath, name)),
      fs.readFileSync(path.join(parentPath, name), "utf8"),
    ]),
  );
}

describe("the output folder", () => {
  const out = path.join(aFolder({}), "out");
  const two = [aTarget(), aTarget("", { region: "us-west-2" })];

  test("holds the stacks of the targets asked for and no others", () => {
    synthesize({ targets: two }, out);
    synthesize({ targets: two.slice(0, 1) }, out);

    expect(stacksIn(out)).toEqual(
      ["cluster", "cni", "network", "nodes"].map((name) => `dev-us-east-1-${name}`),
    );
  });

  test("keeps what Terraform keeps beside a stack", () => {
    synthesize({ targets: two }, out);
    const lock = path.join(out, "stacks", "dev-us-east-1-network", ".terraform.lock.hcl");
    fs.writeFileSync(lock, "# providers\n");

    synthesize({ targets: two }, out);

    expect(fs.readFileSync(lock, "utf8")).toBe("# providers\n");
  });

  test("stays as it was when a synthesis dies half-way", () => {
    synthesize({ targets: two }, out);
    const before = contents(out);

    const dying = () =>
      writeOutput(out, (app: App) => {
        new TerraformStack(app, "half");
        throw new Error("no more memory");
      });

    expect(dying).toThrow("no more memory");
    expect(contents(out)).toEqual(before);
    expect(fs.existsSync(`${out}.new`)).toBe(false);
  });
});

test("two stacks that would write one state are refused", () => {
  const target = aTarget();
  const stack = (id: string, name: "network" | "cluster") => ({ id, location: stateLocation(target, name) });
  const clash = () =>
    refuseSharedStates([stack("one", "network"), stack("two", "cluster"), stack("three", "network")]);

  expect(clash).toThrow(StateClashError);
  expect(clash).toThrow(
    "three and one would both write the state octarine-state-dev-111122223333/env:/octarine/dev-us-east-1/network.tfstate",
  );
});

test("octarine synth and cdktf synth write the same bytes", () => {
  const project = aFolder({
    "envs/dev/us-east-1.yaml": BASE_YAML,
    "cdktf.json": JSON.stringify({
      language: "typescript",
      app: `node ${path.join(root, "bin", "synth.mjs")}`,
      projectId: "test",
      sendCrashReports: "false",
    }),
  });
  synthesize(loadFleet(path.join(project, "envs")), path.join(project, "ours"));

  const cdktf = path.join(root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
  const run = spawnSync(process.execPath, [cdktf, "synth", "--output", "theirs"], {
    cwd: project,
    env: { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1", OCTARINE_ENVS: path.join(project, "envs") },
    encoding: "utf8",
    timeout: 90_000,
  });

  expect(run.stdout + run.stderr).toContain("Generated Terraform code");
  expect(contents(path.join(project, "theirs"))).toEqual(contents(path.join(project, "ours")));
}, 120_000);

test("a synthesis runs no other program, Terraform neither", () => {
  const spawned = jest.spyOn(childProcess, "spawnSync");
  const executed = jest.spyOn(childProcess, "execSync");

  synthesize({ targets: [aTarget()] }, path.join(aFolder({}), "out"));

  expect(spawned).not.toHaveBeenCalled();
  expect(executed).not.toHaveBeenCalled();
});
