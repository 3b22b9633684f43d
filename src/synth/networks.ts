import type { Inventory, Resource } from "../guardrails/resource";
import { text } from "../values/value";
import type { Target } from "../model/target";

/** Networks of targets that are peers of each other, each read once; all else of their stacks is not kept. */
export class Networks {
  readonly #known = new Map<string, readonly Resource[]>();
  readonly #read: (target: Target) => Inventory;

  constructor(read: (target: Target) => Inventory) {
    this.#read = read;
  }

  /** A target that was read anyway. */
  add(target: Target, { resources, complete }: Inventory): void {
    if (complete && target.peers.length > 0) this.#known.set(target.name, resources.filter(isOfNetwork));
  }

  ofPeers(target: Target): readonly Resource[] {
    return target.peers.flatMap((peer) => {
      const found =
        this.#known.get(peer.name) ?? this.#read(connected(peer, target)).resources.filter(isOfNetwork);
      this.#known.set(peer.name, found);
      return found;
    });
  }
}

/** A peer as a target has it knows no peers of its own; those that this one knows are enough for its network. */
function connected(peer: Target, target: Target): Target {
  const names = peer.config.network.connections.peers;
  const known = [target, ...target.peers, ...target.siblings];
  const byName = new Map(known.map((each) => [each.name, each]));
  return peer.with({ peers: [...names].sort().flatMap((name) => byName.get(name) ?? []) });
}

function isOfNetwork({ type, attributes }: Resource): boolean {
  if (type === "helm_release") return text(attributes.chart).split("/").at(-1) === "cilium";
  return !type.startsWith("k8s:") || type === "k8s:EC2NodeClass";
}
