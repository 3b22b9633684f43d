import { at, entries, items, isTrue, text, texts, toNumber, type Value } from "../../values/value";
import type { MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import { labelMap } from "../policy/labels";
import { meets, requirementsOf } from "../policy/selectors";
import { portsBehind } from "./services";

/** Port of the merged metrics that a sidecar's agent answers on, for the one that its Envoy does (Istio, Ports used by Istio). */
const ENVOY_METRICS = { name: "http-envoy-prom", port: 15090 };

/** What one endpoint of a monitor leads Prometheus to. */
export interface MonitoredPort {
  /** `PodMonitor payments/orders` */
  readonly monitor: string;
  readonly pods: MeshPods;
  /** Undefined: none of the pods that the monitor selects has it. */
  readonly port?: number;
  /** What the endpoint asks for: `metrics`. */
  readonly asked: string;
}

/** All that monitors among the manifests select. */
export function monitoredPorts(world: ReachWorld): MonitoredPort[] {
  return world.manifests.flatMap((monitor) => {
    const kind = text(at(monitor, "kind"));
    if (kind === "PodMonitor") return ofPods(monitor, world);
    return kind === "ServiceMonitor" ? ofServices(monitor, world) : [];
  });
}

function ofPods(monitor: Value, { cluster }: ReachWorld): MonitoredPort[] {
  const pods = selected(monitor, cluster.pods, ({ namespace }) => namespace);
  return items(at(monitor, "spec", "podMetricsEndpoints")).flatMap((endpoint) =>
    foundOrLost(
      monitor,
      endpoint,
      pods.map((each) => ({ pods: each, ports: portOf(endpoint, each) })),
    ),
  );
}

/** Prometheus Operator goes by the labels of Services, and by names of their ports, not numbers (v0.91, pkg/prometheus/promcfg.go). */
function ofServices(monitor: Value, { cluster }: ReachWorld): MonitoredPort[] {
  const services = selected(
    monitor,
    cluster.services.map((service) => ({ service, labels: labelMap(at(service, "metadata", "labels")) })),
    ({ service }) => text(at(service, "metadata", "namespace")) || "default",
  );
  return items(at(monitor, "spec", "endpoints")).flatMap((endpoint) =>
    foundOrLost(
      monitor,
      endpoint,
      services.flatMap(({ service }) => servedPorts(cluster, service, endpoint)),
    ),
  );
}

/** `port` is one of the Service, `targetPort` one of the pods' containers, by name or number. */
function servedPorts(cluster: ReachWorld["cluster"], service: Value, endpoint: Value): Selected[] {
  const wanted = text(at(endpoint, "port"));
  if (wanted !== "") return portsBehind(cluster, service, (port) => text(at(port, "name")) === wanted);
  const target = text(at(endpoint, "targetPort"));
  return portsBehind(cluster, service, () => false).map(({ pods }) => ({
    pods,
    ports: pods.ports
      .filter(({ name, port }) => name === target || String(port) === target)
      .map(({ port }) => port),
  }));
}

interface Selected {
  readonly pods: MeshPods;
  readonly ports: readonly number[];
}

/** Of several pods some may do without the port; where none has it, nobody is read. */
function foundOrLost(monitor: Value, endpoint: Value, all: readonly Selected[]): MonitoredPort[] {
  const own = {
    monitor: `${text(at(monitor, "kind"))} ${nameOf(monitor)}`,
    asked: text(at(endpoint, "port") ?? at(endpoint, "targetPort") ?? at(endpoint, "portNumber")),
  };
  const found = all.flatMap(({ pods, ports }) =>
    ports.map((port) => ({ ...own, pods, port: rewritten(endpoint, port) })),
  );
  return found.length > 0 ? found : all.map(({ pods }) => ({ ...own, pods }));
}

function nameOf(monitor: Value): string {
  return `${text(at(monitor, "metadata", "namespace"))}/${text(at(monitor, "metadata", "name"))}`;
}

function selected<Each extends { readonly labels: MeshPods["labels"] }>(
  monitor: Value,
  all: readonly Each[],
  namespaceOf: (each: Each) => string,
): Each[] {
  const requirements = requirementsOf(at(monitor, "spec", "selector"), (key) => ({ source: "any", key }));
  const places = at(monitor, "spec", "namespaceSelector");
  const named = texts(at(places, "matchNames"));
  const own = text(at(monitor, "metadata", "namespace"));
  return all.filter(
    (each) =>
      (isTrue(at(places, "any")) || (named.length > 0 ? named : [own]).includes(namespaceOf(each))) &&
      meets(
        requirements,
        Object.entries(each.labels).map(([key, value]) => ({ source: "k8s", key, value })),
      ) === true,
  );
}

function portOf(endpoint: Value, { ports }: MeshPods): number[] {
  const name = text(at(endpoint, "port"));
  const number =
    toNumber(at(endpoint, "portNumber")) ??
    ports.find((each) => each.name === name)?.port ??
    (name === ENVOY_METRICS.name ? ENVOY_METRICS.port : undefined);
  return number === undefined ? [] : [number];
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
