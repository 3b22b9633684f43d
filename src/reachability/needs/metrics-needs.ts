import type { ReachWorld } from "../path/reach-world";
import { closedPorts, isReadByMonitorsAlone } from "../../components/namespaces";
import { type MonitoredPort, monitoredPorts } from "./monitors";
import { type Need, NO_PORT } from "./need";

/** Every target of Prometheus: what monitors among the manifests select, and what charts' own monitors do. */
export function metricsNeeds(world: ReachWorld): Need[] {
  const prometheus = world.platform.find(({ facts }) => facts.readsMonitors);
  if (prometheus === undefined) return [];
  const from: Need["from"] = { kind: "pods", pods: prometheus.pods };
  const need = ({ pods, port, monitor }: Pick<MonitoredPort, "pods" | "port" | "monitor">): Need => ({
    kind: "metrics",
    from,
    to: { kind: "pods", pods },
    port: port ?? NO_PORT,
    protocol: "TCP",
    why: `Prometheus reads ${pods.name}`,
    source: monitor,
  });
  const monitored = monitoredPorts(world).map((each): Need => {
    const { port, pods, monitor, asked } = each;
    if (port !== undefined) return need(each);
    // Of a chart's pods a record has the ports that matter, and not all.
    const isOfChart = world.platform.some((other) => other.pods === pods);
    return {
      ...need(each),
      unmatched: {
        verdict: isOfChart ? "undecided" : "denied",
        object: monitor,
        says: `no container of ${pods.name} ${isOfChart ? "is known to have" : "has"} the port ${asked} that ${monitor} reads`,
      },
    };
  });
  const own = world.platform.flatMap(({ facts, pods }) =>
    pods.ports
      .filter(
        ({ name, port }) =>
          facts.scraped?.includes(name) ||
          (!isReadByMonitorsAlone(pods.namespace) && closedPorts(pods.namespace)?.metrics.includes(port)),
      )
      .map(({ port }) =>
        need({ pods, port, monitor: "the component's record: ports that Prometheus reads" }),
      ),
  );
  const seen = new Set<string>();
  return [...monitored, ...own].filter(({ to, port, unmatched }) => {
    const key = to.kind === "pods" ? `${to.pods.name} ${unmatched?.says ?? port}` : "";
    return seen.size < seen.add(key).size;
  });
}
