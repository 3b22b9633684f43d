import { meshPeerNames } from "./mesh-peers";
import type { Target } from "./target";

type Config = Pick<Target, "config" | "name">;

/**
 * Peers to which this target makes the peering. One of each pair does, with both sides' routes and rules: the one whose
 * name comes first.
 */
export function peeredTargets({ name, config }: Config): readonly string[] {
  const { peers, peersVia } = config.network.connections;
  return peersVia === "peering" ? peers.filter((peer) => name < peer).sort() : [];
}

/** Targets to which this one may have made a peering that it no longer makes. */
export function unpeeredTargets(target: Target): readonly Target[] {
  const peered = peeredTargets(target);
  return [...target.peers, ...target.pastPeers].filter(
    ({ name }) => target.name < name && !peered.includes(name),
  );
}

/** Peers whose states the federation stack reads: those it connects, and those that are one mesh with this target. */
export function federatedTargets(target: Config): readonly string[] {
  return [...new Set([...peeredTargets(target), ...meshPeerNames(target.config.mesh)])].sort();
}
