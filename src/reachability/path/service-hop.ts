import { at, isUnknown, items, text, toNumber, type Value } from "../../values/value";
import type { Hop } from "../hop";
import { servicesAbout } from "../cluster-index";
import { hasLabels, type MeshPods } from "../mesh/workloads";
import type { Need } from "../needs/need";
import { callsNodes } from "./node-ports";
import type { ReachWorld } from "./reach-world";

const BY_NODES = "its targets are nodes, and what a node's port leads to is not decided";

/**
 * Pods of manifests are called by a Service: one of their namespace has to select them, and to lead to the port. Said only
 * where none does. Services of charts are in no manifest, nor are those of pods that a team makes by hand.
 */
export function serviceHop(world: ReachWorld, need: Need): Hop[] {
  const { to, port, kind, unknown } = need;
  if (callsNodes(need, world.network))
    return [{ at: "service", verdict: "undecided", by: [], says: BY_NODES }];
  if (unknown !== undefined) return [{ at: "service", verdict: "undecided", by: [], says: unknown }];
  if (kind !== "declared call" || need.source === "" || to.kind !== "pods" || to.byHand === true) return [];
  const { pods } = to;
  if (world.platform.some((each) => each.pods === pods)) return [];
  const selecting = servicesAbout(world.cluster, pods.namespace, pods.labels).filter(
    (each) => hasLabels(at(each, "spec", "selector"), pods.labels) !== false,
  );
  const nameOf = (each: Value) => `Service ${pods.namespace}/${text(at(each, "metadata", "name"))}`;
  const leading = selecting.filter((each) => leadsTo(each, pods, port));
  if (leading.length > 0) {
    if (need.from.kind !== "pods" || !leading.every(isLocal) || isOnEachNode(pods, world)) return [];
    const names = leading.map(nameOf);
    const says = `${names.join(", ")} leads to pods of the caller's node alone (internalTrafficPolicy: Local), and whether there is one is not known; use a DaemonSet, or remove it`;
    return [
      {
        at: "service",
        verdict: "undecided",
        by: names.flatMap((each) => world.objects.get(each) ?? []),
        says,
      },
    ];
  }
  const says =
    selecting.length === 0
      ? `no Service of ${pods.namespace} selects ${pods.name}`
      : `${selecting.map(nameOf).join(", ")} leads to another port than ${port}`;
  const by = (selecting.length > 0 ? selecting.map(nameOf) : [`Service ${pods.name}`]).flatMap(
    (each) => world.objects.get(each) ?? [],
  );
  return [{ at: "service", verdict: "denied", by, says }];
}

/** Kubernetes, "Service Internal Traffic Policy": without an endpoint on the node, packets are dropped. */
function isLocal(service: Value): boolean {
  return at(service, "spec", "internalTrafficPolicy") === "Local";
}

function isOnEachNode({ name }: MeshPods, { manifests }: ReachWorld): boolean {
  return manifests.some(
    (each) =>
      at(each, "kind") === "DaemonSet" &&
      `${text(at(each, "metadata", "namespace")) || "default"}/${text(at(each, "metadata", "name"))}` ===
        name,
  );
}

function leadsTo(service: Value, { ports }: MeshPods, port: number): boolean {
  const all = at(service, "spec", "ports");
  return (
    isUnknown(all) ||
    items(all).some((each) => {
      const target = at(each, "targetPort") ?? at(each, "port");
      const number = toNumber(target) ?? ports.find(({ name }) => name === text(target))?.port;
      return isUnknown(target) || number === port;
    })
  );
}
