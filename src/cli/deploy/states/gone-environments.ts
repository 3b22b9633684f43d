import path from "node:path";
import type { Fleet, Target } from "../../../model/target";
import { CommandFailure } from "../../report-error";
import { git } from "./last-commit";

/** A target whose environment has no target any more, so that nobody reads its bucket. */
export interface GoneEnvironment {
  readonly environment: string;
  /** Of the environment's targets in the last commit that had one. */
  readonly targets: readonly Target[];
  /** Why its files can't be read as they were. */
  readonly doubt?: string;
}

const TARGET_FILE = /^([^/]+)\/(?!environment\.)[^/]+\.ya?ml$/;

/**
 * Environments that git remembers and the fleet no longer has, as they were in the last commit that had a target of them.
 *
 * @param fleetAt the targets as a commit has them
 */
export function goneEnvironments(
  { targets }: Fleet,
  envs: string,
  fleetAt: (commit: string) => Fleet,
): readonly GoneEnvironment[] {
  const known = new Set(targets.map(({ environment }) => environment));
  return [...lastCommits(envs)]
    .filter(([environment]) => !known.has(environment))
    .map(([environment, commit]): GoneEnvironment => {
      try {
        const then = fleetAt(commit).targets.filter((each) => each.environment === environment);
        return { environment, targets: then };
      } catch (error) {
        if (!(error instanceof CommandFailure)) throw error;
        const why = `whether anything is left of ${environment}, which commit ${commit} had last, could not be found out: ${error.message}`;
        return { environment, targets: [], doubt: why };
      }
    });
}

/** By environment the newest commit with a target's file of it: HEAD, or the one before the last of them went. */
function lastCommits(envs: string): Map<string, string> {
  const head = git(["rev-parse", "--short=10", "HEAD"]) ?? "";
  const now = git(["ls-tree", "-r", "--name-only", "HEAD", "--", envs]) ?? "";
  // A folder that got another name went, too, and its states did not move with it.
  const log =
    git([
      "log",
      "--no-renames",
      "--diff-filter=D",
      "--relative",
      "--name-only",
      "--format=commit %H",
      "--",
      envs,
    ]) ?? "";
  const found = new Map<string, string>();
  let commit = head;
  for (const line of [...now.split("\n"), ...log.split("\n")]) {
    if (line.startsWith("commit ")) commit = `${line.slice("commit ".length).slice(0, 10)}^`;
    const [, environment] = TARGET_FILE.exec(path.posix.relative(envs.split(path.sep).join("/"), line)) ?? [];
    if (environment !== undefined && !found.has(environment)) found.set(environment, commit);
  }
  return found;
}
