import type { InstalledRecord } from "../../components/component";
import { type Flow, type FlowSources, FROM } from "../../components/flow";
import type { Resource } from "../../guardrails/resource";
import { text } from "../../values/value";
import type { ReachWorld } from "../path/reach-world";
import { endsOf, type MeshPeer, serverEnds } from "./flow-ends";
import { endName, type Need, needName } from "./need";

/**
 * What the records of a target's components say by `flows`.
 *
 * @param peers clusters that are one mesh with this one
 */
export function componentNeeds(
  world: ReachWorld,
  records: readonly InstalledRecord[],
  sharedMesh: FlowSources["sharedMesh"],
  peers: readonly MeshPeer[],
): Need[] {
  const sources = sourcesOf(world, sharedMesh);
  const needs = records.flatMap(({ name, flows }) =>
    (flows?.(sources) ?? []).flatMap((flow) => needsOfFlow(flow, name, world, peers)),
  );
  const first = new Map<string, Need>();
  for (const each of needs) {
    const key = `${each.kind} ${needName(each)}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

function sourcesOf({ releases, manifests }: ReachWorld, sharedMesh: FlowSources["sharedMesh"]): FlowSources {
  return {
    releases: (chart) =>
      releases
        .filter((each) => chartOf(each) === chart)
        .map(({ attributes: { namespace, name, values } }) => ({
          namespace: text(namespace),
          name: text(name),
          values,
        })),
    objects: (...kinds) => manifests.filter((each) => kinds.includes(text(each.kind))),
    sharedMesh,
  };
}

function chartOf({ attributes }: Resource): string | undefined {
  return text(attributes.chart).split("/").at(-1);
}

function needsOfFlow(flow: Flow, component: string, world: ReachWorld, peers: readonly MeshPeer[]): Need[] {
  const { kind, why, source } = flow;
  const byProxy = flow.from === "proxies";
  const called =
    "port" in flow
      ? endsOf(flow.to, component, world, peers).map((to) => ({
          to,
          port: flow.port,
          protocol: flow.protocol,
        }))
      : serverEnds(flow.to, world).map((each) => ({ ...each, protocol: "TCP" as const }));
  return endsOf(flow.from, component, world, peers).flatMap((from) =>
    called.map(({ to, port, protocol }): Need => ({
      kind,
      from,
      to,
      port,
      protocol,
      why: why.replace(FROM, endName(from)),
      source,
      ...(byProxy && { byProxy }),
    })),
  );
}
