import { handsTokenByState, meshPeerNames } from "../../config/mesh-peers";
import type { Target } from "../../config/target";
import { federatedTargets } from "../../stacks/stack-order";
import { stackId, type StackName } from "../../stacks/state-location";
import { synthesize } from "../../synth/synthesize";
import { wasApplied } from "./workspaces";

/** Where the stacks of peers are synthesized: `cdktf.out` holds those of the target alone. */
export const PEERS_DIR = "cdktf.out.peers";

/** What federation reads of a peer; where Cilium finds it is known once its mesh is there, as is a token for Istio. */
export function stacksRead({ config: { mesh } }: Target, peer: Target): readonly StackName[] {
  const readsMesh = mesh?.kind === "cilium" || handsTokenByState(mesh);
  return readsMesh && meshPeerNames(mesh).includes(peer.name)
    ? ["network", "cluster", "mesh"]
    : ["network", "cluster"];
}

/** Stacks of peers that are not there yet, without which a target's federation can't be made. Changes nothing. */
export function missingPeerStacks(target: Target): string[] {
  const names = federatedTargets(target);
  const peers = target.peers.filter(({ name }) => names.includes(name));
  if (peers.length === 0) return [];
  synthesize({ targets: peers }, PEERS_DIR);
  return peers.flatMap((peer) =>
    stacksRead(target, peer)
      .filter((stack) => !wasApplied(PEERS_DIR, peer, stack))
      .map((stack) => stackId(peer, stack)),
  );
}
