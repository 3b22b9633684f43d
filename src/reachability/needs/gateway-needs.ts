import { at, items, text, texts, type Value } from "../../values/value";
import { hasLabels, type MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import { servicesOf } from "./ingress-backends";
import { type LostBackend, lostBackend } from "./lost-backends";
import { endName, type Need } from "./need";
import type { HttpRequest } from "../policy/http";
import { requestsOfRoute, requestsOfVirtualService } from "./route-requests";
import { type Backend, backendsOf, serviceOfHost } from "./services";

const kindOf = (manifest: Value): string => text(at(manifest, "kind"));
const namespaceOf = (manifest: Value): string => text(at(manifest, "metadata", "namespace")) || "default";
const nameOf = (manifest: Value): string => text(at(manifest, "metadata", "name"));

/** From the proxies of gateways to the services that routes lead to. */
export function gatewayNeeds(world: ReachWorld): Need[] {
  const { manifests } = world;
  return [
    ...manifests
      .filter((each) => kindOf(each) === "VirtualService")
      .flatMap((each) => ofVirtualService(each, world)),
    ...manifests
      .filter((each) => /^(HTTP|GRPC|TLS|TCP)Route$/.test(kindOf(each)))
      .flatMap((each) => ofRoute(each, world)),
    ...manifests.filter((each) => kindOf(each) === "Ingress").flatMap((each) => ofIngress(each, world)),
  ];
}

function need(
  from: MeshPods,
  { pods: to, port }: Backend,
  route: Value,
  requests: readonly HttpRequest[],
): Need {
  return {
    kind: "gateway",
    from: { kind: "pods", pods: from },
    to: { kind: "pods", pods: to },
    port,
    protocol: "TCP",
    why: `${from.name} leads requests to ${to.name}`,
    source: `${kindOf(route)} ${namespaceOf(route)}/${nameOf(route)}`,
    ...(requests.length > 0 && { requests }),
  };
}

/** The same towards a Service that leads to nobody. */
function lost(from: readonly MeshPods[], services: readonly LostBackend[], route: Value): Need[] {
  return from.flatMap((pods) =>
    services.map((each): Need => ({
      ...each,
      kind: "gateway",
      from: { kind: "pods", pods },
      protocol: "TCP",
      why: `${pods.name} leads requests to ${endName(each.to)}`,
      source: `${kindOf(route)} ${namespaceOf(route)}/${nameOf(route)}`,
    })),
  );
}

function ofVirtualService(route: Value, world: ReachWorld): Need[] {
  const own = namespaceOf(route);
  const gateways = texts(at(route, "spec", "gateways"))
    .filter((each) => each !== "mesh")
    .flatMap((each) => gatewayPods(each.includes("/") ? each : `${own}/${each}`, world));
  const backends = ["http", "tls", "tcp"]
    .flatMap((key) => items(at(route, "spec", key)).map((rule) => ({ rule, isHttp: key === "http" })))
    .flatMap(({ rule, isHttp }) =>
      items(at(rule, "route"))
        .map((each) => at(each, "destination"))
        .flatMap((each) => {
          const service = serviceOfHost(text(at(each, "host")), own);
          const found =
            service === undefined
              ? []
              : backendsOf(world, service.namespace, service.name, at(each, "port", "number"));
          return found.map((backend) => ({
            backend,
            requests: isHttp ? requestsOfVirtualService(rule, at(route, "spec", "hosts")) : [],
          }));
        }),
    );
  const nobody = ["http", "tls", "tcp"]
    .flatMap((key) => items(at(route, "spec", key)))
    .flatMap((rule) => items(at(rule, "route")).map((each) => at(each, "destination")))
    .flatMap((each) => {
      const service = serviceOfHost(text(at(each, "host")), own);
      return service === undefined ? [] : lostBackend(world, service, at(each, "port", "number"));
    });
  return [
    ...gateways.flatMap((from) =>
      backends.map(({ backend, requests }) => need(from, backend, route, requests)),
    ),
    ...lost(gateways, nobody, route),
  ];
}

/** Pods that a Gateway of Istio's own kind selects. */
function gatewayPods(name: string, { manifests, cluster }: ReachWorld): MeshPods[] {
  const gateway = manifests.find(
    (each) =>
      kindOf(each) === "Gateway" &&
      text(at(each, "apiVersion")).startsWith("networking.istio.io/") &&
      `${namespaceOf(each)}/${nameOf(each)}` === name,
  );
  if (gateway === undefined) return [];
  return cluster.pods.filter((each) => hasLabels(at(gateway, "spec", "selector"), each.labels) === true);
}

/** Routes of the Gateway API; the proxies of a Gateway are pods that its controller makes of it. */
function ofRoute(route: Value, world: ReachWorld): Need[] {
  const own = namespaceOf(route);
  const from = items(at(route, "spec", "parentRefs"))
    .filter((each) => (text(at(each, "kind")) || "Gateway") === "Gateway")
    .flatMap((each) => {
      const name = text(at(each, "name"));
      const namespace = text(at(each, "namespace")) || own;
      return world.cluster.pods.filter(
        (pods) =>
          pods.namespace === namespace && pods.labels["gateway.networking.k8s.io/gateway-name"] === name,
      );
    });
  const backends = items(at(route, "spec", "rules")).flatMap((rule) =>
    items(at(rule, "backendRefs"))
      .filter((each) => (text(at(each, "kind")) || "Service") === "Service")
      .flatMap((each) =>
        backendsOf(world, text(at(each, "namespace")) || own, text(at(each, "name")), at(each, "port")),
      )
      .map((backend) => ({
        backend,
        requests: kindOf(route) === "HTTPRoute" ? requestsOfRoute(rule, at(route, "spec", "hostnames")) : [],
      })),
  );
  const nobody = items(at(route, "spec", "rules"))
    .flatMap((rule) => items(at(rule, "backendRefs")))
    .filter((each) => (text(at(each, "kind")) || "Service") === "Service")
    .flatMap((each) =>
      lostBackend(
        world,
        { namespace: text(at(each, "namespace")) || own, name: text(at(each, "name")) },
        at(each, "port"),
      ),
    );
  return [
    ...from.flatMap((gateway) =>
      backends.map(({ backend, requests }) => need(gateway, backend, route, requests)),
    ),
    ...lost(from, nobody, route),
  ];
}

/** The controller of ingress-nginx calls pods itself, past their Services (kubernetes/ingress-nginx controller-v1.15.1, docs/user-guide/miscellaneous.md, "Why endpoints and not services"). */
function ofIngress(ingress: Value, world: ReachWorld): Need[] {
  if (text(at(ingress, "spec", "ingressClassName")) !== "nginx") return [];
  const namespace = namespaceOf(ingress);
  const called = servicesOf(ingress);
  const from = world.platform
    .filter(({ component }) => component === "ingress-nginx")
    .map(({ pods }) => pods)
    .filter(({ labels }) => labels["app.kubernetes.io/component"] === "controller");
  const backends = called.flatMap(({ name, port }) => backendsOf(world, namespace, name, port));
  const nobody = called.flatMap(({ name, port }) => lostBackend(world, { namespace, name }, port));
  return [
    ...from.flatMap((pods) => backends.map((each) => need(pods, each, ingress, []))),
    ...lost(from, nobody, ingress),
  ];
}
