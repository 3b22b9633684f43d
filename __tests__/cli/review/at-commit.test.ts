import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { atCommit, runAt } from "../../../src/cli/review/synth-at-commit";
import { aFolder } from "../../support/fixtures";

const PROGRAM = (says: string) => `process.stdout.write(${JSON.stringify(`${says} `)} + process.argv[3])`;

const root = fs.realpathSync(aFolder({ "platform/bin/octarine.mjs": PROGRAM("old"), "platform/envs/a": "" }));
const before = process.cwd();
beforeAll(() => {
  const author = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
    [...author, "commit", "-qm", "first"],
  ])
    expect(spawnSync("git", args, { cwd: root }).status).toBe(0);
  fs.writeFileSync(path.join(root, "platform/bin/octarine.mjs"), PROGRAM("new"));
  process.chdir(path.join(root, "platform"));
});
afterAll(() => {
  process.chdir(before);
  fs.rmSync(root, { recursive: true });
});

test("a project below the repository's root is found there, in a commit and in the working tree", () => {
  const said = (ref?: string) =>
    atCommit(ref, "envs", (project) => runAt(project, [], "does not run").split(" "));

  expect(said()).toEqual(["new", path.join(root, "platform", "envs")]);
  expect(said("HEAD")).toEqual(["old", expect.stringMatching(/tree[\\/]platform[\\/]envs$/)]);
});

test("what was unpacked is removed", () => {
  const { folder, temporary } = atCommit("HEAD", "envs", (project) => project);

  expect([folder, temporary].map((each) => fs.existsSync(each))).toEqual([false, false]);
});
