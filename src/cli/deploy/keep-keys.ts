import { CommandFailure } from "../report-error";
import { say } from "../terminal";
import type { StackFolder } from "./apply";
import { runTerraform } from "./run-terraform";
import { attribute, type StateObject } from "./states/pulled-state";

/**
 * Takes keys out of a stack's state, so that Terraform does not schedule them for deletion: backups, snapshots, volumes and logs that stay
 * could not be read any more. Their aliases go, so that the next deployment can have them for its own.
 *
 * @throws CommandFailure
 */
export async function keepKeys(
  { id, cwd, workspace }: StackFolder,
  keys: readonly StateObject[],
): Promise<void> {
  if (keys.length === 0) return;
  const args = ["state", "rm", "-no-color", ...keys.map(({ address }) => address)];
  const { status, stderr } = await runTerraform(
    cwd,
    args,
    workspace === undefined ? {} : { TF_WORKSPACE: workspace },
  );
  if (status !== 0)
    throw new CommandFailure(
      `${id}: its keys could not be taken out of its state, to be kept; nothing of it was destroyed.\n${stderr.trim()}`,
    );
  for (const key of keys) say(`kept ${shownKey(key)}`);
}

/** `key arn:aws:kms:us-east-1:111122223333:key/0a1b (Node and pod volumes of prod)`. */
function shownKey(key: StateObject): string {
  const description = attribute(key, "description") ?? "";
  return `key ${attribute(key, "arn") ?? key.address}${description === "" ? "" : ` (${description})`}`;
}
