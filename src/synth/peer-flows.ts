import type { Inventory, Resource } from "../guardrails/resource";
import type { Target } from "../model/target";
import type { Networks } from "./networks";
import { unmetNeeds } from "./reach-target";

/**
 * Needs of targets that are not met. What leads to peers is judged when theirs are read, too; until then, and no longer, a target's
 * resources are kept.
 */
export class PeerFlows {
  readonly #networks: Networks;
  readonly #toCome: Set<string>;
  readonly #waiting = new Map<Target, Inventory>();
  readonly #found = new Map<Target, readonly Resource[]>();

  /** @param targets all that are read, in any order */
  constructor(targets: readonly Target[], networks: Networks) {
    this.#networks = networks;
    this.#toCome = new Set(targets.map(({ name }) => name));
  }

  /** @param known what is proved already */
  add(target: Target, read: Inventory, known?: readonly Resource[]): void {
    this.#toCome.delete(target.name);
    if (known !== undefined) this.#found.set(target, known);
    else this.#waiting.set(target, read);
    for (const [each, inventory] of this.#waiting)
      if (!each.peers.some(({ name }) => this.#toCome.has(name))) this.#judge(each, inventory);
  }

  of(target: Target): readonly Resource[] {
    return this.#found.get(target) ?? [];
  }

  #judge(target: Target, inventory: Inventory): void {
    this.#waiting.delete(target);
    const peers = target.peers.length === 0 ? [] : this.#networks.ofPeers(target);
    this.#found.set(target, unmetNeeds(target, inventory, peers));
  }
}
