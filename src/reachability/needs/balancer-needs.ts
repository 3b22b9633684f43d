import { at, items, text, toNumber, type Value } from "../../values/value";
import type { MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import { rangeText } from "../vpc/ranges";
import { servicesOf } from "./ingress-backends";
import { type LostBackend, lostBackend } from "./lost-backends";
import { endName, type Need, type NeedEnd } from "./need";
import { backendsOf } from "./services";

const kindOf = (manifest: Value): string => text(at(manifest, "kind"));
const namespaceOf = (manifest: Value): string => text(at(manifest, "metadata", "namespace")) || "default";
const nameOf = (manifest: Value): string => text(at(manifest, "metadata", "name"));

const fromBalancers = (isPublic: boolean): NeedEnd => ({
  kind: "load-balancer",
  scheme: isPublic ? "public" : "internal",
});

/** Towards a Service that hands on to nobody: who calls has no targets. */
function toNobody(from: NeedEnd, lost: LostBackend, source: string): Need {
  const why = `${endName(from)} lead requests to ${endName(lost.to)}`;
  return { ...lost, kind: "load balancer", from, protocol: "TCP", why, source };
}

function fromLoadBalancer(
  isPublic: boolean,
  to: MeshPods,
  port: number,
  source: string,
  how: Pick<Need, "byNodes" | "unknown" | "clients">,
): Need {
  return {
    kind: "load balancer",
    from: fromBalancers(isPublic),
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
      const called = servicesOf(ingress);
      const source = `Ingress ${own}/${nameOf(ingress)}`;
      const isPublic = scheme === "internet-facing";
      const lost = called.flatMap(({ name, port }) =>
        lostBackend(world, { namespace: own, name }, port).map((each) =>
          toNobody(fromBalancers(isPublic), each, source),
        ),
      );
      const needs = called
        .flatMap(({ name, port }) => {
          const asked = text(at(ingress, "metadata", "annotations", HEALTH_PORT));
          const health = /^\d+$/.test(asked) ? Number(asked) : undefined;
          return backendsOf(world, own, name, port).flatMap((each) => [
            each,
            ...(health === undefined || health === each.port ? [] : [{ ...each, port: health }]),
          ]);
        })
        .map(({ pods, port }) => fromLoadBalancer(isPublic, pods, port, source, howTo(ingress, parameters)));
      return [...needs, ...lost];
    });
}

const NLB = "service.beta.kubernetes.io/aws-load-balancer-";
const ATTRIBUTES = "target-group-attributes";

/** From the Network Load Balancers of Services to their pods, or to ports of nodes. */
export function balancedServiceNeeds(world: ReachWorld): Need[] {
  return world.cluster.services
    .filter((each) => text(at(each, "spec", "type")) === "LoadBalancer")
    .flatMap((service) => {
      const own = (name: string) => text(at(service, "metadata", "annotations", `${NLB}${name}`));
      const isPublic = own("scheme") === "internet-facing";
      const ports = items(at(service, "spec", "ports")).map((each) => at(each, "port"));
      const health = toNumber(own("healthcheck-port"));
      const isIp = own("nlb-target-type") === "ip";
      const how = {
        ...(!isIp && { byNodes: true as const }),
        ...(keepsClients(own(ATTRIBUTES), isIp) && { clients: clientsOf(service, isPublic, world) }),
      };
      const source = `Service ${namespaceOf(service)}/${nameOf(service)}`;
      const lost = ports.flatMap((port) =>
        lostBackend(world, { namespace: namespaceOf(service), name: nameOf(service) }, port).map((each) =>
          toNobody(fromBalancers(isPublic), each, source),
        ),
      );
      const needs = ports
        .flatMap((port) => backendsOf(world, namespaceOf(service), nameOf(service), port))
        .flatMap((each) => [each, ...(isIp && health !== undefined ? [{ ...each, port: health }] : [])])
        .filter(
          (each, index, all) =>
            all.findIndex(({ pods, port }) => pods === each.pods && port === each.port) === index,
        )
        .map(({ pods, port }) => fromLoadBalancer(isPublic, pods, port, source, how));
      return [...needs, ...lost];
    });
}

/** Targets see addresses of clients by default where they are nodes, and not where they are addresses (Elastic Load Balancing, "Client IP preservation"). */
function keepsClients(attributes: string, isIp: boolean): boolean {
  const [, said] = /preserve_client_ip\.enabled=(true|false)/.exec(attributes) ?? [];
  return said === undefined ? !isIp : said === "true";
}

/** Whom a Service lets in; without that everybody, of an internal one as far as is known: the VPC. */
function clientsOf(service: Value, isPublic: boolean, { network }: ReachWorld): string[] {
  const named = items(at(service, "spec", "loadBalancerSourceRanges")).map(text);
  if (named.length > 0) return named;
  if (isPublic) return ["0.0.0.0/0"];
  const vpcs = [...(network?.vpc.network.vpcs.values() ?? [])];
  return vpcs
    .filter(({ target }) => target === network?.target)
    .flatMap(({ ranges }) => ranges.flatMap((each) => (each.kind === "prefix" ? rangeText(each) : [])));
}
