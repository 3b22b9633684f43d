import type { ChartValues } from "../../chart-values";
import { canarySteps } from "../canary";
import { ingressName } from "./alb-ingress";
import { destinationRuleName } from "./destination-rule";
import { routeKinds } from "./gateway-routes";
import {
  backendsOf,
  CANARY,
  forwardingRoutes,
  leadsTo,
  routesOf,
  STABLE,
  versionServiceName,
} from "./routes";
import type { RoutedService, Traffic, TrafficPlatform } from "./traffic";
import { httpRouteName, virtualServiceName } from "./virtual-service";

/** Name of the plugin in the controller's configuration, and of its part of a Rollout. */
export const GATEWAY_PLUGIN = "argoproj-labs/gatewayAPI";

/** `spec.strategy.canary` of a Rollout, but its steps. */
export interface RolloutRouting {
  /** Services whose selectors Argo Rollouts moves; left out: it moves labels of subsets. */
  readonly stableService?: string;
  readonly canaryService?: string;
  readonly trafficRouting: ChartValues;
}

/** How Argo Rollouts moves the weights of a service's routes (its documents, "Traffic management"). */
export function rolloutRouting(
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "api" | "services">,
): RolloutRouting {
  const services = {
    stableService: versionServiceName(service.name, STABLE),
    canaryService: versionServiceName(service.name, CANARY),
  };
  switch (platform.api) {
    case "istio":
      return { trafficRouting: { istio: istioRouting(service, traffic, platform) } };
    case "gateway-api":
      return {
        ...services,
        trafficRouting: { plugins: { [GATEWAY_PLUGIN]: pluginRouting(service, traffic) } },
      };
    case "alb-ingress":
      return { ...services, trafficRouting: { alb: albRouting(service, traffic, platform) } };
  }
}

/** `spec.strategy` of a Rollout: weights of requests, and not numbers of pods. */
export function rolloutStrategy(
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "api" | "services">,
): ChartValues {
  return {
    canary: {
      ...rolloutRouting(service, traffic, platform),
      steps: canarySteps(traffic.canary?.steps),
    },
  };
}

function istioRouting(
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "services">,
): ChartValues {
  const routes = routesOf(traffic).flatMap(({ action, ...requests }, index) => {
    const isOwn =
      action.kind === "forward" &&
      backendsOf({ ...requests, action }, service, traffic, platform).some(
        (backend) => backend.subset === CANARY && leadsTo(backend, service),
      );
    return isOwn ? [httpRouteName(index)] : [];
  });
  return {
    virtualService: { name: virtualServiceName(service), routes },
    destinationRule: {
      name: destinationRuleName(service),
      stableSubsetName: STABLE,
      canarySubsetName: CANARY,
    },
  };
}

function pluginRouting(service: RoutedService, traffic: Traffic): ChartValues {
  const kinds = routeKinds(service, traffic);
  const routes = [{ name: service.name }];
  return {
    namespace: service.namespace,
    ...(kinds.includes("HTTPRoute") && { httpRoutes: routes }),
    ...(kinds.includes("GRPCRoute") && { grpcRoutes: routes }),
  };
}

function albRouting(
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "services">,
): ChartValues {
  const ports = forwardingRoutes(traffic).flatMap((route) =>
    backendsOf(route, service, traffic, platform).map(({ port }) => port),
  );
  return {
    ingress: ingressName(service),
    // The action's name; the Ingress names it in its paths.
    rootService: service.name,
    servicePort: ports[0],
  };
}
