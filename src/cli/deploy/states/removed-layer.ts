import path from "node:path";
import type { Fleet, Target } from "../../../model/target";
import type { StackName } from "../../../model/stacks/stack-names";
import { synthesizeRemoved } from "../../../synth/synthesize-removed";
import { CommandFailure } from "../../report-error";
import type { PulledState, StateProvider } from "./pulled-state";

/** Where a stack that the config no longer has is synthesized, to destroy it. */
export function removedDir({ workspace }: Pick<Target, "workspace">): string {
  return path.join("cdktf.out.removed", workspace);
}

/**
 * Writes what Terraform needs to destroy a layer that the config no longer has.
 *
 * @returns the output folder
 * @throws CommandFailure where a peer that the layer reached into is no longer a target
 */
export function synthesizeLayer(fleet: Fleet, target: Target, name: StackName, state: PulledState): string {
  const peers = state.providers.flatMap((each) => peerOf(fleet, target, name, each));
  const outDir = removedDir(target);
  synthesizeRemoved({ target, name, providers: state.providers, peers }, outDir);
  return outDir;
}

function peerOf(fleet: Fleet, target: Target, name: StackName, { alias }: StateProvider): Target[] {
  if (alias === undefined) return [];
  const peer = fleet.targets.find(({ workspace }) => workspace === alias);
  if (peer === undefined) {
    throw new CommandFailure(
      `the ${name} layer of ${target.name} reaches into ${alias}, which is not a target any more; destroy it as a commit` +
        ` had both: npx octarine destroy ${target.name} ${name} --config-at COMMIT`,
    );
  }
  return [peer];
}
