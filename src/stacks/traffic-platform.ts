import { istioDataPlane, istioOf } from "../model/mesh";
import { meshPeerNames } from "../model/mesh-peers";
import type { Target } from "../model/target";
import { gatewayImplementation, gatewayNamespace, gatewaysOf, loadBalancerTargets } from "../model/traffic";
import type { PlatformGateway, RoutedService, TrafficPlatform } from "../modules/workloads/traffic/traffic";

/** What a target has for routing; undefined: no API is chosen, so no service has routes. */
export function trafficPlatform(
  target: Target,
  services: readonly RoutedService[],
): TrafficPlatform | undefined {
  const { config } = target;
  const { traffic, cni, ingress } = config;
  const mesh = istioOf(config.mesh);
  if (traffic === undefined) return undefined;
  const implementation = gatewayImplementation(traffic);
  const dataPlane = istioDataPlane(config.mesh);
  return {
    api: traffic.api,
    ...(implementation && { implementation }),
    gateways: platformGateways(target),
    ...(mesh &&
      dataPlane && {
        mesh: {
          dataPlane,
          trustDomain: mesh.trustDomain,
          defaultDeny: mesh.defaultDeny.enabled,
          peers: meshPeerNames(mesh).length > 0,
        },
      }),
    targetType: loadBalancerTargets(cni),
    certificateArns: ingress?.loadBalancers.certificateArns ?? [],
    services,
  };
}

function platformGateways({ config: { traffic } }: Target): Record<string, PlatformGateway> {
  const namespace = gatewayNamespace(traffic);
  return Object.fromEntries(
    Object.entries(gatewaysOf(traffic)).map(([name, { hosts, namespaces, tls, scheme }]) => [
      name,
      {
        namespace,
        hosts,
        namespaces,
        scheme: scheme ?? "internal",
        ...(tls && "secret" in tls && { tls }),
      },
    ]),
  );
}
