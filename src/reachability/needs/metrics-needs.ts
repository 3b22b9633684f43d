import { at, entries, items, isTrue, text, texts, toNumber, type Value } from "../../values/value";
import type { MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import { closedPorts, isReadByMonitorsAlone } from "../../components/namespaces";
import { meets, requirementsOf } from "../policy/selectors";
import type { Need } from "./need";

/** Port of the merged metrics that a sidecar's agent answers on, for the one that its Envoy does (Istio, Ports used by Istio). */
const ENVOY_METRICS = { name: "http-envoy-prom", port: 15090 };

/** Every target of Prometheus: what monitors among the manifests select, and what charts' own monitors do. */
export function metricsNeeds(world: ReachWorld): Need[] {
  const prometheus = world.platform.find(({ facts }) => facts.readsMonitors);
  if (prometheus === undefined) return [];
  const from: Need["from"] = { kind: "pods", pods: prometheus.pods };
  const need = (pods: MeshPods, port: number, source: string): Need => ({
    kind: "metrics",
    from,
    to: { kind: "pods", pods },
    port,
    protocol: "TCP",
    why: `Prometheus reads ${pods.name}`,
    source,
  });
  const monitored = world.manifests
    .filter((each) => text(at(each, "kind")) === "PodMonitor")
    .flatMap((monitor) =>
      podsOf(monitor, world).flatMap((pods) =>
        portsOf(monitor, pods).map((port) => need(pods, port, `PodMonitor ${nameOf(monitor)}`)),
      ),
    );
  const own = world.platform.flatMap(({ facts, pods }) =>
    pods.ports
      .filter(
        ({ name, port }) =>
          facts.scraped?.includes(name) ||
          (!isReadByMonitorsAlone(pods.namespace) && closedPorts(pods.namespace)?.metrics.includes(port)),
      )
      .map(({ port }) => need(pods, port, "the component's record: ports that Prometheus reads")),
  );
  const seen = new Set<string>();
  return [...monitored, ...own].filter(({ to, port }) => {
    const key = to.kind === "pods" ? `${to.pods.name} ${port}` : "";
    return seen.size < seen.add(key).size;
  });
}

function nameOf(monitor: Value): string {
  return `${text(at(monitor, "metadata", "namespace"))}/${text(at(monitor, "metadata", "name"))}`;
}

function podsOf(monitor: Value, { cluster }: ReachWorld): MeshPods[] {
  const requirements = requirementsOf(at(monitor, "spec", "selector"), (key) => ({ source: "any", key }));
  const places = at(monitor, "spec", "namespaceSelector");
  const named = texts(at(places, "matchNames"));
  const own = text(at(monitor, "metadata", "namespace"));
  return cluster.pods.filter(
    ({ namespace, labels }) =>
      (isTrue(at(places, "any")) || (named.length > 0 ? named : [own]).includes(namespace)) &&
      meets(
        requirements,
        Object.entries(labels).map(([key, value]) => ({ source: "k8s", key, value })),
      ) === true,
  );
}

function portsOf(monitor: Value, { ports }: MeshPods): number[] {
  return items(at(monitor, "spec", "podMetricsEndpoints")).flatMap((endpoint) => {
    const name = text(at(endpoint, "port"));
    const number =
      toNumber(at(endpoint, "portNumber")) ??
      ports.find((each) => each.name === name)?.port ??
      (name === ENVOY_METRICS.name ? ENVOY_METRICS.port : undefined);
    return number === undefined ? [] : [rewritten(endpoint, number)];
  });
}

/** A rule may lead Prometheus to another port of the same address. */
function rewritten(endpoint: Value, port: number): number {
  const [rule] = items(at(endpoint, "relabelings")).filter(
    (each) => text(at(each, "targetLabel")) === "__address__" && entries(each).length > 0,
  );
  const pattern = new RegExp(`^(?:${text(at(rule, "regex")) || "(.*)"})$`);
  const address = `pod:${port}`;
  if (rule === undefined || !pattern.test(address)) return port;
  return (
    toNumber(
      address
        .replace(pattern, text(at(rule, "replacement")))
        .split(":")
        .at(-1),
    ) ?? port
  );
}
