import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { lastCommitWith } from "../../../../src/cli/deploy/states/last-commit";
import { aFolder } from "../../../support/fixtures";

const folder = aFolder({ "envs/dev/us-east-1.yaml": "a", "envs/dev/eu-west-1.yml": "b" });
const before = process.cwd();
const git = (...args: string[]) =>
  spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  }).stdout;
const commit = (message: string) => {
  git("add", "-A");
  git("commit", "-q", "-m", message);
  return git("rev-parse", "--short=10", "HEAD").trim();
};
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  fs.rmSync(folder, { recursive: true });
});

test("outside a repository no commit is known", () => {
  expect(lastCommitWith("envs", "dev/us-east-1")).toBeUndefined();
});

test("the last commit that has a target's file is the one before it went, or the newest where it went just now", () => {
  git("init", "-q");
  const first = commit("both");
  fs.rmSync(path.join(folder, "envs/dev/eu-west-1.yml"));
  const second = commit("one");

  expect(lastCommitWith("envs", "dev/eu-west-1")).toBe(first);
  fs.rmSync(path.join(folder, "envs/dev/us-east-1.yaml"));
  expect(lastCommitWith("envs", "dev/us-east-1")).toBe(second);
  expect(lastCommitWith("envs", "dev/never-there-1")).toBeUndefined();
});

test("a file that went once before and came back is read as it is now, not as it was then", () => {
  commit("us-east-1 went");
  fs.writeFileSync(path.join(folder, "envs/dev/us-east-1.yaml"), "anew");
  const now = commit("us-east-1 came back");
  fs.rmSync(path.join(folder, "envs/dev/us-east-1.yaml"));

  expect(lastCommitWith("envs", "dev/us-east-1")).toBe(now);
});
