import type { Target } from "../model/target";
import { carrierOf } from "../model/ingress-gateways";
import { gatewayImplementation, gatewayNamespace } from "../model/traffic";
import type { PlatformGateway, RoutedService, TrafficPlatform } from "../modules/workloads/traffic/traffic";

/** What a target has for routing; undefined: no API is chosen, so no service has routes. */
export function trafficPlatform(
  target: Target,
  services: readonly RoutedService[],
): TrafficPlatform | undefined {
  const { config } = target;
  const { traffic, ingress } = config;
  const mesh = target.mesh.istio;
  if (traffic === undefined) return undefined;
  const implementation = gatewayImplementation(traffic);
  const dataPlane = target.mesh.dataPlane;
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
          peers: target.mesh.peerNames.length > 0,
        },
      }),
    targetType: target.loadBalancerTargets,
    certificateArns: ingress?.loadBalancers.certificateArns ?? [],
    services,
  };
}

function platformGateways({ config, gateways }: Target): Record<string, PlatformGateway> {
  const { traffic } = config;
  const namespace = gatewayNamespace(traffic);
  return Object.fromEntries(
    Object.entries(gateways).map(([name, gateway]) => {
      const { hosts, namespaces } = gateway;
      const carrier = gateway.by === "istio" ? carrierOf(config, gateway) : undefined;
      return [
        name,
        {
          namespace,
          hosts,
          namespaces,
          scheme: gateway.by === "istio" ? "internal" : gateway.scheme,
          ...(gateway.by !== "aws" && gateway.tls.kind !== "none" && { tls: gateway.tls }),
          ...(carrier && {
            carrier: { name: carrier.name, behindAlb: carrier.front.kind === "alb" },
          }),
        },
      ];
    }),
  );
}
