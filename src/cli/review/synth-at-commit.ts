import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isObject, type Json, parseJson } from "../../plan-review/read/json";
import { CommandFailure, UsageError } from "../report-error";
import { say } from "../terminal";

/**
 * Terraform JSON of all stacks as a commit synthesizes them, by stack; of the working tree without `ref`. A commit is
 * unpacked into a temporary folder and synthesized by its own code, with the packages that are installed here.
 *
 * @throws UsageError if this is no git repository or `ref` no commit
 * @throws CommandFailure if the commit does not synthesize
 */
export function synthesizedAt(ref: string | undefined, envs: string): Map<string, Json> {
  const root = git(
    process.cwd(),
    ["rev-parse", "--show-toplevel"],
    "this is no git repository; run octarine diff in one",
  ).trim();
  const temporary = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "octarine-diff-"));
  try {
    const out = path.join(temporary, "out");
    if (ref === undefined) synth(root, path.resolve(envs), out, "the working tree");
    else {
      const tree = path.join(temporary, "tree");
      unpack(root, ref, tree);
      const project = path.join(tree, projectBelow(root));
      linkPackages(path.join(root, projectBelow(root)), project);
      synth(project, path.join(tree, insideOf(root, envs)), out, ref);
    }
    return readStacks(out);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

/** The project's folder below the repository's root; it may be the root. */
function projectBelow(root: string): string {
  return path.relative(root, fs.realpathSync(process.cwd()));
}

function insideOf(root: string, envs: string): string {
  if (!fs.existsSync(envs))
    throw new UsageError(`${envs} does not exist; name the folder of targets with --envs`);
  const relative = path.relative(root, fs.realpathSync(envs));
  if (relative.startsWith("..") || path.isAbsolute(relative)) {
    throw new UsageError(`${envs} is outside of the repository, so no commit holds it`);
  }
  return relative;
}

function unpack(root: string, ref: string, into: string): void {
  const commit = git(
    root,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    `${ref} is no commit of this repository; fetch it first (a shallow clone of a pipeline lacks it)`,
  ).trim();
  const index = `${into}.index`;
  fs.mkdirSync(into);
  // A work tree of its own by a temporary index: neither the repository's index nor its list of worktrees changes.
  const env = { GIT_INDEX_FILE: index };
  git(root, ["read-tree", commit], `${ref} can't be read`, env);
  git(root, [`--work-tree=${into}`, "checkout-index", "--all", "--quiet"], `${ref} can't be unpacked`, env);
}

function linkPackages(from: string, to: string): void {
  const packages = path.join(from, "node_modules");
  if (fs.existsSync(packages))
    fs.symlinkSync(fs.realpathSync(packages), path.join(to, "node_modules"), "junction");
}

function synth(cwd: string, envs: string, out: string, what: string): void {
  say(`synthesizing ${what}`);
  const program = path.join(cwd, "bin", "octarine.mjs");
  if (!fs.existsSync(program))
    throw new CommandFailure(`${what} has no bin/octarine.mjs, so it can't be synthesized`);
  const run = spawnSync(process.execPath, [program, "--envs", envs, "synth", "--out", out], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (run.status !== 0)
    throw new CommandFailure(`${what} does not synthesize:\n${(run.stderr ?? "").trim()}`);
}

function readStacks(out: string): Map<string, Json> {
  const folder = path.join(out, "stacks");
  const stacks = new Map<string, Json>();
  for (const name of fs.readdirSync(folder).sort()) {
    const json = parseJson(fs.readFileSync(path.join(folder, name, "cdk.tf.json"), "utf8"));
    if (isObject(json)) stacks.set(name, json);
  }
  return stacks;
}

function git(
  cwd: string,
  args: readonly string[],
  otherwise: string,
  env: Record<string, string> = {},
): string {
  const run = spawnSync("git", args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env: { ...process.env, ...env },
  });
  if (run.error) throw new UsageError(`git can't be run (${run.error.message}); install it`);
  if (run.status !== 0) throw new UsageError(otherwise);
  return run.stdout;
}
