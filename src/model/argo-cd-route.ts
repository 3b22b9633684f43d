import { GITOPS_NAMESPACE } from "../components/argo-cd/record";
import { ingressGatewayName } from "../facts/istio-gateways";
import type { TargetConfig } from "../config/schema/target";
import { carrierOf } from "./ingress-gateways";
import { gatewayNamespace, gatewaysOf } from "./traffic";

/** How users come to Argo CD by its name. */
export type ArgoCdRoute =
  | {
      readonly kind: "alb";
      readonly class: "alb" | "alb-public";
      readonly group?: string;
      readonly certificateArns: readonly string[];
    }
  | {
      readonly kind: "istio";
      readonly api: "istio" | "gateway-api";
      readonly gateway: string;
      readonly gatewayNamespace: string;
      /** Name of the ingress gateway of Istio that leads requests. */
      readonly carrier: string;
    }
  /** Somebody gave a reason. */
  | { readonly kind: "none" };

/** What to write, and where. */
export interface RouteProblem {
  readonly kind: "problem";
  readonly key: "host" | "route";
  readonly message: string;
}

const OWN = "route: { none: true, reason }";

/** The route of `gitops.argocd`; undefined: it has no name, and none is asked for. */
export function argoCdRoute(config: TargetConfig): ArgoCdRoute | RouteProblem | undefined {
  const { host, route } = config.gitops?.argocd ?? {};
  if (host === undefined) {
    if (route === undefined) return undefined;
    return problem("route", "leads to a host name that is not set; write gitops.argocd.host, or remove it");
  }
  if (route === undefined) return routeByDefault(config, host);
  if ("none" in route) return { kind: "none" };
  return "gateway" in route ? byGateway(config, host, route.gateway) : byLoadBalancer(config, route);
}

/** A gateway that answers to the name and takes the namespace; else an internal load balancer. */
function routeByDefault(config: TargetConfig, host: string): ArgoCdRoute | RouteProblem {
  const fitting = Object.keys(gatewaysOf(config.traffic)).find(
    (name) => byGateway(config, host, name).kind === "istio",
  );
  if (fitting !== undefined) return byGateway(config, host, fitting);
  if (config.ingress !== undefined) return { kind: "alb", class: "alb", certificateArns: [] };
  return problem(
    "host",
    `leads nowhere: nothing of the target answers to it; write ingress: {} too, or ${OWN}`,
  );
}

function byGateway(config: TargetConfig, host: string, name: string): ArgoCdRoute | RouteProblem {
  const { traffic } = config;
  const gateway = gatewaysOf(traffic)[name];
  if (traffic === undefined || gateway === undefined)
    return problem(
      "route",
      `names gateway ${name}, which traffic.gateways does not have; write one that it has`,
    );
  if (gateway.by !== "istio" || traffic.api === "alb-ingress")
    return problem(
      "route",
      "names a gateway that does not speak TLS to Argo CD, which accepts nothing else; write route: { class: alb }",
    );
  if (gateway.tls.kind === "passthrough")
    return problem(
      "route",
      `names gateway ${name}, which passes TLS on and reads no requests; write one with tls: { secret }`,
    );
  if (!gateway.hosts.some((each) => covers(each, host)))
    return problem("route", `names gateway ${name}, which does not answer to ${host}; add it to its hosts`);
  if (!gateway.namespaces.includes(GITOPS_NAMESPACE))
    return problem(
      "route",
      `names gateway ${name}, which takes no routes from namespace ${GITOPS_NAMESPACE}; add the namespace to the gateway's namespaces`,
    );
  const { api } = traffic;
  const carrier = carrierOf(config, gateway)?.name ?? ingressGatewayName();
  return { kind: "istio", api, gateway: name, gatewayNamespace: gatewayNamespace(traffic), carrier };
}

function byLoadBalancer(
  { ingress }: TargetConfig,
  route: {
    readonly class: "alb" | "alb-public";
    readonly group?: string;
    readonly certificateArns: string[];
  },
): ArgoCdRoute | RouteProblem {
  if (ingress === undefined)
    return problem("route", "needs the AWS Load Balancer Controller; write ingress: {} too");
  if (route.class === "alb-public" && !ingress.loadBalancers.publicNamespaces.includes(GITOPS_NAMESPACE))
    return problem(
      "route",
      `faces the internet, which namespace ${GITOPS_NAMESPACE} may not; write class: alb, or add the namespace to ingress.loadBalancers.publicNamespaces`,
    );
  return { kind: "alb", ...route };
}

/** Whether a gateway's name, or its pattern, is that host. */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith("*.") && host.endsWith(name.slice(1)));
}

function problem(key: RouteProblem["key"], message: string): RouteProblem {
  return { kind: "problem", key, message };
}
