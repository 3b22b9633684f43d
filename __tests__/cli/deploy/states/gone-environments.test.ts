import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { goneEnvironments } from "../../../../src/cli/deploy/states/gone-environments";
import { CommandFailure } from "../../../../src/cli/report-error";
import { aFolder, aTarget } from "../../../support/fixtures";

const folder = aFolder({
  "p/envs/platform.yaml": "a",
  "p/envs/dev/us-east-1.yaml": "a",
  "p/envs/old/environment.yaml": "a",
  "p/envs/old/us-east-1.yaml": "a",
  "p/envs/older/us-east-1.yaml": "a",
});
const git = (...args: string[]) =>
  spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  }).stdout.trim();
const commit = (message: string) => {
  git("add", "-A");
  git("commit", "-q", "-m", message);
  return git("rev-parse", "--short=10", "HEAD");
};
const before = process.cwd();
beforeAll(() => process.chdir(path.join(folder, "p")));
afterAll(() => {
  process.chdir(before);
  fs.rmSync(folder, { recursive: true });
});

const fleet = { targets: [aTarget()] };
const then = { targets: [aTarget(), ...["old", "older"].map((environment) => aTarget("", { environment }))] };

/** Environments that are gone, and the commits that were asked for. */
function gone() {
  const asked: string[] = [];
  const found = goneEnvironments(fleet, "envs", (ref) => {
    asked.push(ref);
    return then;
  });
  return { names: found.flatMap(({ targets }) => targets.map(({ name }) => name)), asked };
}

test("outside a repository no environment is remembered", () => {
  expect(gone()).toEqual({ names: [], asked: [] });
});

test("an environment whose last file went is read as it was: in a commit, or just now in the working tree", () => {
  git("init", "-q");
  commit("all");
  fs.rmSync(path.join(folder, "p/envs/older"), { recursive: true });
  const second = commit("older went");
  fs.rmSync(path.join(folder, "p/envs/old"), { recursive: true });

  expect(gone()).toEqual({ names: ["old/us-east-1", "older/us-east-1"], asked: [second, `${second}^`] });
});

test("names files that this version can't read, and takes nothing for gone", () => {
  const [found] = goneEnvironments(fleet, "envs", () => {
    throw new CommandFailure("x.yaml: no such key");
  });

  expect(found?.doubt).toMatch(
    /^whether anything is left of old, which commit \w{10} had last, could not be found out: x\.yaml/,
  );
});

test("an environment whose folder got another name is gone under the old one", () => {
  const both = commit("older and old went");
  fs.renameSync(path.join(folder, "p/envs/dev"), path.join(folder, "p/envs/development"));
  const moved = commit("dev is development");

  const asked: string[] = [];
  goneEnvironments({ targets: [aTarget("", { environment: "development" })] }, "envs", (ref) => {
    asked.push(ref);
    return { targets: [aTarget()] };
  });
  expect(asked).toEqual([`${moved}^`, `${both}^`, expect.stringMatching(/\^$/)]);
});
