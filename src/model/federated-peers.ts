import type { GivenTarget } from "./given-target";
import { meshPeerNames } from "./mesh-peers";

type Config = Pick<GivenTarget, "config" | "name">;

/** Peers of a target by what its federation stack does with them. */
export interface FederatedPeers<T> {
  /** To which it makes the peering. One of each pair does, with both sides' routes and rules: the one whose name comes first. */
  readonly peered: readonly T[];
  /** To which it may have made a peering that it no longer makes. */
  readonly unpeered: readonly T[];
  /** Whose states it reads: those it connects, and those that are one mesh with this target. */
  readonly read: readonly T[];
}

/** Of targets that are there; what a config names and nobody has is for the checks. */
export function federatedPeers<T extends GivenTarget>(
  target: Config & { readonly peers: readonly T[]; readonly pastPeers: readonly T[] },
): FederatedPeers<T> {
  const peered = peeredNames(target);
  const read = federatedNames(target);
  return {
    peered: target.peers.filter(({ name }) => peered.includes(name)),
    unpeered: [...target.peers, ...target.pastPeers].filter(
      ({ name }) => target.name < name && !peered.includes(name),
    ),
    read: target.peers.filter(({ name }) => read.includes(name)),
  };
}

/** Names of the targets that the federation stack reads, as the config has them. */
export function federatedNames(target: Config): readonly string[] {
  return [...new Set([...peeredNames(target), ...meshPeerNames(target.config.mesh)])].sort();
}

function peeredNames({ name, config }: Config): readonly string[] {
  const { peers, peersVia } = config.network.connections;
  return peersVia === "peering" ? peers.filter((peer) => name < peer).sort() : [];
}
