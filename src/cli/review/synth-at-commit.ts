import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isObject, type Json, parseJson } from "../../terraform-plan/json";
import { CommandFailure, UsageError } from "../report-error";
import { say } from "../terminal";

/** A project as a commit has it, or as it stands here. */
export interface ProjectAt {
  readonly folder: string;
  /** Its folder of targets. */
  readonly envs: string;
  /** For messages: the commit as it was written, or `the working tree`. */
  readonly name: string;
  /** Removed afterwards. */
  readonly temporary: string;
}

/**
 * Terraform JSON of all stacks as a commit synthesizes them, by stack; of the working tree without `ref`.
 *
 * @throws UsageError if this is not a git repository or `ref` is not a commit
 * @throws CommandFailure if the commit does not synthesize
 */
export function synthesizedAt(ref: string | undefined, envs: string): Map<string, Json> {
  return atCommit(ref, envs, (project) => {
    const out = path.join(project.temporary, "out");
    say(`synthesizing ${project.name}`);
    runAt(project, ["synth", "--out", out], "does not synthesize");
    return readStacks(out);
  });
}

/**
 * Hands `use` the project as a commit has it, unpacked into a temporary folder with the packages that are installed
 * here; the working tree itself without `ref`.
 *
 * @throws UsageError if this is not a git repository or `ref` is not a commit
 */
export function atCommit<T>(ref: string | undefined, envs: string, use: (project: ProjectAt) => T): T {
  const root = git(
    process.cwd(),
    ["rev-parse", "--show-toplevel"],
    "this is not a git repository; to compare commits, run this in one",
  ).trim();
  // The project's folder, which may be the repository's root.
  const below = path.relative(root, fs.realpathSync(process.cwd()));
  const here = path.join(root, below);
  const temporary = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "octarine-diff-"));
  try {
    if (ref === undefined)
      return use({ folder: here, envs: path.resolve(envs), name: "the working tree", temporary });
    const tree = path.join(temporary, "tree");
    unpack(root, ref, tree);
    const folder = path.join(tree, below);
    linkPackages(here, folder);
    return use({ folder, envs: path.join(tree, insideOf(root, envs)), name: ref, temporary });
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Runs a command of the project's own program and gives what it prints.
 *
 * @throws CommandFailure with what it said if it fails
 */
export function runAt({ folder, envs, name }: ProjectAt, args: readonly string[], failing: string): string {
  const program = PROGRAMS.map((file) => path.join(folder, file)).find((file) => fs.existsSync(file));
  if (program === undefined)
    throw new CommandFailure(
      `${name} has no ${PROGRAMS.join(" and no ")}, so nothing can be compared with it`,
    );
  const run = spawnSync(process.execPath, [program, "--envs", envs, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (run.status !== 0) throw new CommandFailure(`${name} ${failing}:\n${(run.stderr ?? "").trim()}`);
  return run.stdout;
}

/** Octarine's own repository at that commit, or one where it is installed. */
const PROGRAMS = ["bin/octarine.mjs", "node_modules/octarine/bin/octarine.mjs"];

function insideOf(root: string, envs: string): string {
  if (!fs.existsSync(envs))
    throw new UsageError(`${envs} does not exist; name the folder of targets with --envs`);
  const relative = path.relative(root, fs.realpathSync(envs));
  if (relative.startsWith("..") || path.isAbsolute(relative)) {
    throw new UsageError(`${envs} is outside the repository, so no commit has it`);
  }
  return relative;
}

function unpack(root: string, ref: string, into: string): void {
  const commit = git(
    root,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    `${ref} is not a commit of this repository; fetch it first (a pipeline's shallow clone lacks it)`,
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
