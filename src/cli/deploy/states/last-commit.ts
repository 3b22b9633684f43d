import { spawnSync } from "node:child_process";
import path from "node:path";

/**
 * The newest commit that still has a target's file, of those that this clone knows; undefined where there is none, or no git.
 * A commit id of ten digits, as git abbreviates them in no repository to fewer.
 */
export function lastCommitWith(envs: string, target: string): string | undefined {
  const files = ["yaml", "yml"].map((ending) => path.join(envs, `${target}.${ending}`));
  // Gone in the working tree alone, whatever happened to it before.
  const now = git(["ls-tree", "--name-only", "HEAD", "--", ...files]);
  if (now !== undefined) return git(["rev-parse", "--short=10", "HEAD"]);
  // In which the file went: the one before still has it.
  const gone = git(["log", "--no-renames", "--diff-filter=D", "--format=%H", "-n", "1", "--", ...files]);
  return gone === undefined ? undefined : git(["rev-parse", "--short=10", `${gone}^`]);
}

/** What git prints in this folder; undefined where it prints nothing or fails. */
export function git(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8" });
  return status === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
}
