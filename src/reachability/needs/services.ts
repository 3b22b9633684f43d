import { at, items, text, toNumber, type Value } from "../../values/value";
import type { Cluster } from "../cluster";
import { podsAbout, serviceNamed } from "../cluster-index";
import { hasLabels, type MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";

/** Its Service hands on each port to the same port of the pods (istio 1.27 to 1.30, manifests/charts/gateway/values.yaml). */
const GATEWAY_CHART = "gateway";

/** Pods behind a port of a Service, and their port. */
export interface Backend {
  readonly pods: MeshPods;
  readonly port: number;
}

/**
 * Who answers for a Service at a port, by number or name. One that a chart makes is in no manifest: its pods have the same name,
 * and their first port is taken for it.
 */
export function backendsOf(world: ReachWorld, namespace: string, name: string, port: Value): Backend[] {
  const { cluster, platform } = world;
  const service = serviceNamed(cluster, namespace, name);
  if (service === undefined)
    return platform
      .filter(({ pods }) => pods.name === `${namespace}/${name}`)
      .flatMap(({ pods, facts }) => {
        const given = facts.of === GATEWAY_CHART ? toNumber(port) : undefined;
        const known = given ?? pods.ports[0]?.port;
        return known === undefined ? [] : [{ pods, port: known }];
      });
  return portsBehind(
    cluster,
    service,
    (each) => text(at(each, "port")) === text(port) || text(at(each, "name")) === text(port),
  ).flatMap(({ pods, ports }) => ports.slice(0, 1).map((each) => ({ pods, port: each })));
}

/** Pods that a Service selects, and their ports behind those of its own that are asked for. */
export function portsBehind(
  cluster: Pick<Cluster, "pods">,
  service: Value,
  isAsked: (port: Value) => boolean,
): { readonly pods: MeshPods; readonly ports: readonly number[] }[] {
  const namespace = text(at(service, "metadata", "namespace")) || "default";
  const entries = items(at(service, "spec", "ports")).filter(isAsked);
  const selector = at(service, "spec", "selector");
  return podsAbout(cluster, namespace, selector)
    .filter(({ labels }) => hasLabels(selector, labels) === true)
    .map((pods) => ({
      pods,
      ports: entries.flatMap((entry) => {
        const target = at(entry, "targetPort") ?? at(entry, "port");
        return toNumber(target) ?? pods.ports.find((each) => each.name === text(target))?.port ?? [];
      }),
    }));
}

/** `orders`, `orders.payments`, `orders.payments.svc.cluster.local` as its namespace and name; undefined: it is not a Service here. */
export function serviceOfHost(host: string, own: string): { namespace: string; name: string } | undefined {
  const [name = "", namespace = own, svc, ...rest] = host.split(".");
  if (name === "" || (svc !== undefined && svc !== "svc")) return undefined;
  return rest.length > 0 && rest.join(".") !== "cluster.local" ? undefined : { namespace, name };
}
