import type { Manifest } from "../../manifest";
import { albIngress } from "./alb-ingress";
import { destinationRule } from "./destination-rule";
import { gatewayAllow } from "./gateway-allow";
import { gatewayRoutes } from "./gateway-routes";
import { nginxIngress } from "./nginx-ingress";
import { rateLimit } from "./rate-limit";
import { targetGroup } from "./target-group";
import type { RoutedService, Traffic, TrafficPlatform } from "./traffic";
import { versionServices } from "./version-services";
import { virtualService } from "./virtual-service";

/**
 * How callers reach a service, in the API that the platform has chosen. Objects of other namespaces (ReferenceGrant,
 * AuthorizationPolicy) name theirs.
 *
 * @throws UnknownPortError where a route leads to a port that nobody told
 */
export function trafficManifests(
  service: RoutedService,
  traffic: Traffic,
  platform: TrafficPlatform,
): Manifest[] {
  const rule = destinationRule(service, traffic, platform);
  return [
    ...versionServices(service, traffic, platform),
    ...(rule ? [rule] : []),
    ...routing(service, traffic, platform),
    ...gatewayAllow(service, traffic, platform),
    ...(traffic.rateLimit ? [rateLimit(service, traffic.rateLimit)] : []),
  ];
}

function routing(service: RoutedService, traffic: Traffic, platform: TrafficPlatform): Manifest[] {
  switch (platform.api) {
    case "istio":
      return [virtualService(service, traffic, platform)];
    case "gateway-api":
      return [
        ...gatewayRoutes(service, traffic, platform),
        ...(platform.implementation === "aws" ? targetGroup(service, traffic, platform) : []),
      ];
    case "alb-ingress":
      return [
        traffic.ingress.kind === "nginx"
          ? nginxIngress(service, traffic, traffic.ingress, platform)
          : albIngress(service, traffic, traffic.ingress, platform),
      ];
  }
}
