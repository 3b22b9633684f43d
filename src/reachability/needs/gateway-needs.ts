import { at, items, text, texts, type Value } from "../../values/value";
import { hasLabels, type MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { Need } from "./need";
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
  return gateways.flatMap((from) =>
    backends.map(({ backend, requests }) => need(from, backend, route, requests)),
  );
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
  return from.flatMap((gateway) =>
    backends.map(({ backend, requests }) => need(gateway, backend, route, requests)),
  );
}

function fromLoadBalancer(
  isPublic: boolean,
  to: MeshPods,
  port: number,
  source: string,
  how: Pick<Need, "byNodes" | "unknown">,
): Need {
  const scheme = isPublic ? "public" : "internal";
  return {
    kind: "load balancer",
    from: { kind: "load-balancer", scheme },
    to: { kind: "pods", pods: to },
    port,
    protocol: "TCP",
    why: `a load balancer leads requests to ${to.name} and asks for its health`,
    source,
    ...how,
  };
}

/**
 * By nodes where its targets are nodes. Groups of its own leave it undecided: the controller adds no rule to pods' for them unless
 * it is told to (kubernetes-sigs/aws-load-balancer-controller v3.5.0, docs/guide/ingress/annotations.md).
 */
function howTo(ingress: Value, parameters: Value): Pick<Need, "byNodes" | "unknown"> {
  const given = (name: string) =>
    text(at(ingress, "metadata", "annotations", `alb.ingress.kubernetes.io/${name}`));
  const targets = text(at(parameters, "spec", "targetType")) || given("target-type") || "instance";
  if (targets !== "ip") return { byNodes: true };
  return given("security-groups") !== "" && given("manage-backend-security-group-rules") !== "true"
    ? {
        unknown:
          "its security groups are given by an annotation, and whether those of pods let them in is not decided",
      }
    : {};
}

const HEALTH_PORT = "alb.ingress.kubernetes.io/healthcheck-port";

/** From load balancers to pods that Ingresses have as targets. An Application Load Balancer sends requests from its own addresses, and asks for health at the same port by default. */
export function ingressNeeds(world: ReachWorld): Need[] {
  const { manifests } = world;
  return manifests
    .filter((each) => kindOf(each) === "Ingress")
    .flatMap((ingress) => {
      const parameters = manifests.find(
        (each) =>
          kindOf(each) === "IngressClassParams" &&
          nameOf(each) === text(at(ingress, "spec", "ingressClassName")),
      );
      if (parameters === undefined) return [];
      const own = namespaceOf(ingress);
      const scheme =
        text(at(parameters, "spec", "scheme")) ||
        text(at(ingress, "metadata", "annotations", "alb.ingress.kubernetes.io/scheme"));
      const paths = items(at(ingress, "spec", "rules")).flatMap((each) => items(at(each, "http", "paths")));
      return [...paths.map((each) => at(each, "backend")), at(ingress, "spec", "defaultBackend")]
        .map((each) => at(each, "service"))
        .filter((each) => text(at(each, "name")) !== "")
        .flatMap((service) => {
          const name = text(at(service, "name"));
          const port = at(service, "port", "number") ?? at(service, "port", "name");
          const asked = text(at(ingress, "metadata", "annotations", HEALTH_PORT));
          const health = /^\d+$/.test(asked) ? Number(asked) : undefined;
          return backendsOf(world, own, name, port).flatMap((each) => [
            each,
            ...(health === undefined || health === each.port ? [] : [{ ...each, port: health }]),
          ]);
        })
        .map(({ pods, port }) =>
          fromLoadBalancer(
            scheme === "internet-facing",
            pods,
            port,
            `Ingress ${own}/${nameOf(ingress)}`,
            howTo(ingress, parameters),
          ),
        );
    });
}
