import { at, text, toNumber, type Value } from "../../values/value";
import { serviceNamed } from "../cluster-index";
import { hasLabels } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import { type Need, NO_PORT } from "./need";
import { backendsOf, portsBehind } from "./services";

export type LostBackend = Pick<Need, "to" | "port" | "unmatched">;

/** Where a route leads to a Service of the stacks that hands on to nobody; nothing where somebody is behind it, or charts make it. */
export function lostBackend(
  world: ReachWorld,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  port: Value,
): LostBackend[] {
  const { cluster } = world;
  const service = serviceNamed(cluster, namespace, name);
  if (service === undefined || backendsOf(world, namespace, name, port).length > 0) return [];
  // Of a Service with one port a route need not say it.
  if (text(port) === "" && portsBehind(cluster, service, () => true).some(({ ports }) => ports.length > 0))
    return [];
  const object = `Service ${namespace}/${name}`;
  const selects = cluster.pods.filter((each) => each.namespace === namespace);
  const isKnown = selects.every(
    (each) => typeof hasLabels(at(service, "spec", "selector"), each.labels) === "boolean",
  );
  const says =
    portsBehind(cluster, service, () => true).length === 0
      ? `${object} selects no pods that stacks make`
      : `${object} leads to no port of its pods for ${text(port) || "the route"}`;
  return [
    {
      to: { kind: "name", name: `${name}.${namespace}.svc` },
      port: toNumber(port) ?? NO_PORT,
      unmatched: { verdict: isKnown ? "denied" : "undecided", object, says },
    },
  ];
}
