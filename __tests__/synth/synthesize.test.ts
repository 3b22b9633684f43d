import childProcess, { spawnSync } from "node:child_process";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { stateLocation } from "../../src/model/stacks/state-location";
import { refuseSharedStates, StateClashError, synthesize } from "../../src/synth/synthesize";
import { aFolder, aTarget, BASE_YAML } from "../support/fixtures";
import { contents } from "../support/output-bundle";

const root = path.join(__dirname, "..", "..");

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

test("npx octarine synth and cdktf synth write the same bytes", () => {
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
