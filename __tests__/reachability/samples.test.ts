import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { fromJson } from "../../src/guardrails/read/expression";
import { readStack } from "../../src/guardrails/read/read-stack";
import type { Resource } from "../../src/guardrails/resource";
import { at, items, text } from "../../src/values/value";
import type { Target } from "../../src/model/target";
import { type Cluster, clusterOf } from "../../src/reachability/cluster";
import { decideMesh } from "../../src/reachability/mesh/decide";
import { hasLabels, type MeshPods } from "../../src/reachability/mesh/workloads";
import { parsePrefix } from "../../src/reachability/policy/addresses";
import { decideFlow } from "../../src/reachability/policy/decide";
import type { Entity, Peer } from "../../src/reachability/policy/peers";
import { rangesOf, samplesOf } from "../../src/reachability/policy/ranges";
import {
  type OraclePeer,
  type OraclePod,
  type OracleQuery,
  policyQueries,
  type QueryFile,
} from "../../tools/policy-queries/queries";
import { synthTarget } from "../support/synth";

const envs = path.join(__dirname, "..", "..", "envs");
const samples = loadFleet(envs).targets.filter(({ namespaces }) =>
  Object.values(namespaces).some(({ closed }) => closed),
);

function clusterWith(target: Target, file: QueryFile): Cluster {
  const resources = Object.entries(synthTarget(target)).flatMap(([name, json]) =>
    readStack(JSON.parse(json), name),
  );
  const pods = Object.entries(file.pods).map(([name, each]) => podsOf(name, each));
  const services = Object.entries(file.services).map(([name, each]) =>
    serviceOf(name, each as { selector: object; ports: Record<string, number> }),
  );
  const cluster = clusterOf(
    [...resources, ...services],
    pods,
    pods.filter(({ name }) => file.dns.includes(name)),
  );
  // Its queries name ports by their numbers.
  return { ...cluster, policies: { ...cluster.policies, knowsAllPods: true } };
}

function serviceOf(
  name: string,
  { selector, ports }: { selector: object; ports: Record<string, number> },
): Resource {
  const [namespace, short] = name.split("/");
  const spec = {
    selector,
    ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number })),
  };
  const manifest = fromJson({
    kind: "Service",
    metadata: { namespace, name: short },
    spec,
  }) as Resource["attributes"];
  return { type: "k8s:Service", address: name, stack: "test", source: "input", attributes: manifest };
}

function podsOf(name: string, { namespace, labels, serviceAccount, hostNetwork, ip }: OraclePod): MeshPods {
  return {
    kind: "pods",
    name,
    namespace,
    labels,
    ports: [],
    ...(serviceAccount !== undefined && { serviceAccount }),
    ...(hostNetwork && { hostNetwork }),
    ...(ip !== undefined && { address: ip }),
  };
}

interface End {
  readonly peer: Peer;
  /** Where a service leads to another port. */
  readonly port?: number;
}

/** Who a peer of a query is; a service is each kind of pods behind it, a range some of its addresses. */
function endsOf(peer: OraclePeer, { port }: OracleQuery, cluster: Cluster): End[] {
  if (typeof peer !== "string") {
    if ("entity" in peer)
      return [{ peer: { kind: "entity", entity: peer.entity as Entity, address: peer.ip } }];
    return [{ peer: podsOf(`${peer.namespace}/?`, peer) }];
  }
  const pods = cluster.pods.find(({ name }) => name === peer);
  if (pods !== undefined) return [{ peer: pods }];
  if (peer.startsWith("fqdn:"))
    return [{ peer: { kind: "name", name: peer.slice(5), address: "192.0.2.1" } }];
  if (peer.startsWith("service:")) return behind(peer.slice(8), port, cluster);
  const range = parsePrefix(peer);
  if (range !== undefined)
    return samplesOf(range, rangesOf(cluster.policies.policies)).map((address) => ({
      peer: { kind: "address", address },
    }));
  return [{ peer: { kind: "entity", entity: peer as Entity } }];
}

function behind(name: string, port: number, { pods, services }: Cluster): End[] {
  const service = services.find(
    (each) => `${text(at(each, "metadata", "namespace"))}/${text(at(each, "metadata", "name"))}` === name,
  );
  const entry = items(at(service, "spec", "ports")).find((each) => at(each, "port") === port);
  const target = at(entry, "targetPort");
  return pods
    .filter(
      (each) =>
        each.namespace === name.split("/")[0] &&
        hasLabels(at(service, "spec", "selector"), each.labels) === true,
    )
    .map((peer) => ({
      peer,
      port:
        typeof target === "number" ? target : (peer.ports.find((each) => each.name === target)?.port ?? port),
    }));
}

/** What of a query is not as it must be. */
function wrongIn(query: OracleQuery, cluster: Cluster): string[] {
  const wanted = (engine: string): string | undefined =>
    typeof query.expect === "string" ? undefined : query.expect[engine];
  const engine = cluster.policies.engine.kind === "cilium" ? "cilium" : "networkpolicy";
  const ends = { from: endsOf(query.from, query, cluster), to: endsOf(query.to, query, cluster) };
  if (ends.from.length === 0 || ends.to.length === 0) return [`${query.name}: nobody is there`];
  return ends.from.flatMap(({ peer: from }) =>
    ends.to.flatMap((to) => {
      const flow = {
        from,
        to: to.peer,
        port: to.port ?? query.port,
        transport: query.protocol ?? ("TCP" as const),
        ...(query.dns !== undefined && { lookup: query.dns }),
      };
      const policy = decideFlow(cluster.policies, flow);
      const mesh = cluster.mesh && decideMesh(cluster.mesh, flow);
      const both = [policy.verdict, mesh?.verdict];
      const whole = both.includes("denied") ? "denied" : both.includes("undecided") ? "undecided" : "allowed";
      const tell = (verdict: string, what: string) =>
        `${query.name}, port ${flow.port}: ${what} ${verdict}: ${JSON.stringify({ policy, mesh })}`;
      if (typeof query.expect === "string") return whole === query.expect ? [] : [tell(whole, "both")];
      return [
        ...(wanted(engine) !== undefined && wanted(engine) !== policy.verdict
          ? [tell(policy.verdict, engine)]
          : []),
        ...(mesh && wanted("istio") !== undefined && wanted("istio") !== mesh.verdict
          ? [tell(mesh.verdict, "istio")]
          : []),
      ];
    }),
  );
}

test.each(samples.map((each) => [each.name, each] as const))(
  "%s lets through what it declares and what its pods need, and nothing else",
  (_, target) => {
    const file = policyQueries(target);
    const cluster = clusterWith(target, file);

    expect(file.queries.length).toBeGreaterThan(20);
    expect(file.queries.flatMap((query) => wrongIn(query, cluster))).toEqual([]);
  },
);
