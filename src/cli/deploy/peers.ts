import path from "node:path";
import { handsTokenByState } from "../../model/mesh-peers";
import type { Target } from "../../model/target";
import { stackId } from "../../model/stacks/state-location";
import type { StackName } from "../../model/stacks/stack-names";
import { synthesize } from "../../synth/synthesize";
import { wasApplied } from "./workspaces";

/** Where the stacks of a target's peers are synthesized, to read their states: a run has no say over the peers' own folders. */
export function peersDir(target: Target): string {
  return path.join("cdktf.out.peers", target.workspace);
}

/** What federation reads of a peer; where Cilium finds it is known once its mesh is there, as is a token for Istio. */
export function stacksRead({ config, mesh }: Target, peer: Target): readonly StackName[] {
  const readsMesh = mesh.cilium !== undefined || handsTokenByState(config.mesh);
  return readsMesh && mesh.peerNames.includes(peer.name)
    ? ["network", "cluster", "mesh"]
    : ["network", "cluster"];
}

/** Stacks of peers that are not there yet, without which a target's federation can't be made. Changes nothing. */
export async function missingPeerStacks(target: Target): Promise<string[]> {
  const peers = target.federation.read;
  if (peers.length === 0) return [];
  const dir = peersDir(target);
  synthesize({ targets: peers }, dir);
  const missing: string[] = [];
  for (const peer of peers) {
    for (const stack of stacksRead(target, peer)) {
      if (!(await wasApplied(dir, peer, stack))) missing.push(stackId(peer, stack));
    }
  }
  return missing;
}
