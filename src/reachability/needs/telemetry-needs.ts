import { at, entries, items, text, toNumber, type Value } from "../../values/value";
import { type MeshPods, proxyOf } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { Need } from "./need";
import { serviceOfHost } from "./services";

/** Spans of proxies, data of collectors, and questions that scalers put to Prometheus. */
export function telemetryNeeds(world: ReachWorld): Need[] {
  return [...spans(world), ...exports(world), ...queries(world)];
}

function need(from: MeshPods, to: MeshPods, port: number, why: string, source: string): Need {
  return {
    kind: "telemetry",
    from: { kind: "pods", pods: from },
    to: { kind: "pods", pods: to },
    port,
    protocol: "TCP",
    why,
    source,
  };
}

/** Who answers at an address inside of the cluster: `otlp-collector.opentelemetry.svc:4317`, with a scheme or without. */
function answering(
  address: string,
  own: string,
  { cluster }: ReachWorld,
): { pods: MeshPods; port: number } | undefined {
  const [, host = "", port] = /^(?:\w+:\/\/)?([\w.-]+)(?::(\d+))?/.exec(address) ?? [];
  const service = serviceOfHost(host, own);
  const number = toNumber(port) ?? (address.startsWith("https:") ? 443 : 80);
  // Operators call the Services of their pods as the pods, or with a word behind.
  const pods = cluster.pods.find(
    ({ name, namespace, ports }) =>
      namespace === service?.namespace &&
      ports.some((each) => each.port === number) &&
      (service.name === name.split("/")[1] || service.name.includes(name.split("/")[1] ?? "?")),
  );
  return pods && { pods, port: number };
}

/** Where proxies of the mesh send spans: the providers of istiod's meshConfig. */
function spans(world: ReachWorld): Need[] {
  const { cluster, releases } = world;
  const { mesh } = cluster;
  const istiod = releases.find(({ attributes }) => text(attributes.chart).split("/").at(-1) === "istiod");
  const provider = items(at(istiod?.attributes.values, "meshConfig", "extensionProviders"))
    .map((each) => at(each, "opentelemetry"))
    .find((each) => text(at(each, "service")) !== "");
  if (mesh === undefined || provider === undefined) return [];
  const to = answering(`${text(at(provider, "service"))}:${text(at(provider, "port"))}`, "", world);
  if (to === undefined) return [];
  return cluster.pods
    .filter((each) => proxyOf(each, mesh) !== "none")
    .map((pods): Need => ({
      ...need(
        pods,
        to.pods,
        to.port,
        `the proxy of ${pods.name} sends spans`,
        "istiod's meshConfig.extensionProviders",
      ),
      byProxy: true,
    }));
}

/** What collectors send on inside of the cluster. */
function exports(world: ReachWorld): Need[] {
  return world.manifests
    .filter((each) => text(at(each, "kind")) === "OpenTelemetryCollector")
    .flatMap((collector) => {
      const namespace = text(at(collector, "metadata", "namespace"));
      const name = `${namespace}/${text(at(collector, "metadata", "name"))}-collector`;
      const from = world.cluster.pods.find((each) => each.name === name);
      return entries(at(collector, "spec", "config", "exporters")).flatMap(([exporter, settings]) => {
        const to = answering(text(at(settings, "endpoint")), namespace, world);
        return from === undefined || to === undefined
          ? []
          : [need(from, to.pods, to.port, `${name} exports by ${exporter}`, "the collector's exporters")];
      });
    });
}

/** What KEDA asks Prometheus, for scalers by its metrics. */
function queries(world: ReachWorld): Need[] {
  const keda = world.platform.find(({ pods }) => pods.name.endsWith("/keda-operator"))?.pods;
  if (keda === undefined) return [];
  const addresses = world.manifests
    .filter((each) => /^Scaled(Object|Job)$/.test(text(at(each, "kind"))))
    .flatMap((each) => items(at(each, "spec", "triggers")))
    .filter((each: Value) => text(at(each, "type")) === "prometheus")
    .map((each) => text(at(each, "metadata", "serverAddress")));
  return [...new Set(addresses)].flatMap((address) => {
    const to = answering(address, keda.namespace, world);
    return to === undefined
      ? []
      : [
          need(
            keda,
            to.pods,
            to.port,
            "KEDA asks Prometheus for what scales by metrics",
            "triggers of ScaledObjects",
          ),
        ];
  });
}
