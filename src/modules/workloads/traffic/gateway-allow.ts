import type { Manifest } from "../../manifest";
import { INGRESS_NAMESPACE } from "../../../facts/istio-gateways";
import { backendsOf, carrierOf, forwardingRoutes, gatewayOf, leadsTo, placeOf, placesOf } from "./routes";
import type { RoutedService, Traffic, TrafficPlatform } from "./traffic";

type Platform = Pick<TrafficPlatform, "api" | "implementation" | "mesh" | "services" | "gateways">;

/** Whether Istio's ingress gateway leads to a service. */
export function comesByIstioGateway(
  { gateway }: Pick<Traffic, "gateway">,
  { api, implementation }: Pick<Platform, "api" | "implementation">,
): boolean {
  return gateway !== undefined && (api === "istio" || (api === "gateway-api" && implementation === "istio"));
}

/**
 * Under default deny the ingress gateway, known by its service account, may call what its routes lead to, on the ports
 * of those. Services that the platform does not know are opened by mesh.allow.
 */
export function gatewayAllow(service: RoutedService, traffic: Traffic, platform: Platform): Manifest[] {
  const { mesh, services } = platform;
  const account = carrierOf(gatewayOf(traffic, platform) ?? {});
  if (mesh?.defaultDeny !== true || !comesByIstioGateway(traffic, platform)) return [];
  const reached = forwardingRoutes(traffic).flatMap((route) => backendsOf(route, service, traffic, platform));
  const places = placesOf(services);
  const others = new Map(
    reached.flatMap((backend) => {
      const place = places.get(placeOf(backend.namespace, backend.service));
      return place === undefined || isSame(place.service, service)
        ? []
        : [[place.index, place.service] as const];
    }),
  );
  const known = [...others].sort(([a], [b]) => a - b).map(([, each]) => each);
  return [service, ...known].flatMap((each) => {
    const ports = reached.filter((backend) => leadsTo(backend, each)).map(({ port }) => podPort(each, port));
    if (ports.length === 0) return [];
    const name = isSame(each, service) ? service.name : `${service.name}-to-${each.name}`;
    return [
      {
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name: `${name}-gateway`, namespace: each.namespace },
        spec: {
          selector: { matchLabels: each.selector },
          action: "ALLOW",
          rules: [
            {
              from: [
                {
                  source: {
                    principals: [`${mesh.trustDomain}/ns/${INGRESS_NAMESPACE}/sa/${account}`],
                  },
                },
              ],
              to: [
                {
                  operation: { ports: [...new Set(ports)].sort((a, b) => a - b).map(String) },
                },
              ],
            },
          ],
        },
      },
    ];
  });
}

const isSame = (a: RoutedService, b: RoutedService): boolean =>
  a.name === b.name && a.namespace === b.namespace;

/** Policies of a mesh see the port of the pod. */
function podPort({ ports }: RoutedService, servicePort: number): number {
  return ports.find(({ port }) => port === servicePort)?.targetPort ?? servicePort;
}
