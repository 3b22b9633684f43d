import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { type Remote, remoteOf } from "../../scaffold/remote";

export interface GitRemote extends Remote {
  /** Its default branch, as far as the clone knows. */
  readonly branch: string;
}

/** Where a folder's repository is published; undefined for a folder that is no repository's root. */
export function gitRemote(dir: string): GitRemote | undefined {
  if (!fs.existsSync(dir)) return undefined;
  const root = git(dir, ["rev-parse", "--show-toplevel"]);
  if (root === undefined || fs.realpathSync(root) !== fs.realpathSync(path.resolve(dir))) return undefined;
  const url = git(dir, ["remote", "get-url", "origin"]);
  const remote = url === undefined ? undefined : remoteOf(url);
  const head = git(dir, ["symbolic-ref", "--short", "refs/remotes/origin/HEAD"]);
  return remote && { ...remote, branch: head?.replace(/^origin\//, "") ?? "main" };
}

function git(dir: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", ["-C", dir, ...args], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
