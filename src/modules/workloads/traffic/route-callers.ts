import { NGINX_LABELS, NGINX_NAMESPACE } from "../../../components/ingress-nginx/record";
import { INGRESS_NAMESPACE, ingressRole } from "../../../facts/istio-gateways";
import type { Labels } from "../../policies/labels";
import { comesByIstioGateway } from "./gateway-allow";
import { carrierOf, forwardingRoutes, gatewayOf } from "./routes";
import type { RoutedService, Traffic, TrafficPlatform } from "./traffic";

/** Who connects to the pods of a service because of its routes, for network policies. */
export type RouteCaller =
  | { readonly kind: "pods"; readonly namespace: string; readonly labels: Labels }
  /** Cilium's Envoy, which has an identity of its own: entity `ingress`. */
  | { readonly kind: "cilium-ingress" }
  /** Load balancers in the subnets of their scheme. */
  | { readonly kind: "load-balancer"; readonly scheme: "internal" | "public" };

/** Left empty: only callers in the cluster, that declare it themselves. */
export function routeCallers(
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "api" | "implementation" | "gateways">,
): RouteCaller[] {
  const { api, implementation } = platform;
  if (api === "alb-ingress") return [ingressCaller(traffic)];
  const gateway = gatewayOf(traffic, platform);
  if (gateway === undefined) return [];
  if (comesByIstioGateway(traffic, platform))
    return [
      { kind: "pods", namespace: INGRESS_NAMESPACE, labels: { istio: ingressRole(carrierOf(gateway)) } },
    ];
  if (implementation === "cilium") return [{ kind: "cilium-ingress" }];
  return [{ kind: "load-balancer", scheme: gateway.scheme }];
}

function ingressCaller({ ingress }: Traffic): RouteCaller {
  if (ingress.kind === "nginx") {
    return {
      kind: "pods",
      namespace: NGINX_NAMESPACE,
      labels: NGINX_LABELS,
    };
  }
  return { kind: "load-balancer", scheme: ingress.scheme };
}

/** Services beside its own that the routes of a service lead to: the callers above reach them too. */
export function routedElsewhere(
  traffic: Pick<Traffic, "routes">,
  own: RoutedService,
): { name: string; namespace: string }[] {
  const all = forwardingRoutes(traffic).flatMap(({ action }) =>
    action.to.map(({ service, namespace }) => ({ name: service, namespace })),
  );
  return all.filter(
    (each, index) =>
      (each.name !== own.name || each.namespace !== own.namespace) &&
      all.findIndex((other) => other.name === each.name && other.namespace === each.namespace) === index,
  );
}
