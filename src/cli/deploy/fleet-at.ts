import { loadFleet, type LoadOptions } from "../../fleet/load-fleet";
import { ConfigError } from "../../config/read/problem";
import type { Fleet } from "../../model/target";
import { CommandFailure } from "../report-error";
import { atCommit } from "../review/synth-at-commit";

/**
 * All targets as a commit has their files, read by this version.
 *
 * @throws UsageError if this is not a git repository or `ref` is not a commit
 * @throws CommandFailure where this version does not take them
 */
export function fleetAt(ref: string, envs: string, options: LoadOptions): Fleet {
  return atCommit(ref, envs, ({ envs: folder }) => {
    try {
      return loadFleet(folder, options);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new CommandFailure(
        `${asInRepository(error.message)}\nThis version does not take the files of ${ref}; use the version of that commit:` +
          ` git worktree add ../at-${ref} ${ref}, then npm ci and npx octarine destroy there`,
      );
    }
  });
}

/** The files of a commit are read in a temporary folder, and are to be found in the repository. */
export function asInRepository(text: string): string {
  return text.replaceAll(/\S*\/octarine-diff-\w+\/tree\//g, "");
}
