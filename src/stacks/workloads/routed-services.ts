import { drainSecondsOf } from "../../model/load-balanced";
import { type ResolvedTraffic, resolvedTraffic } from "../../model/service-traffic";
import type { ServiceSettings } from "../../model/settings";
import { isInMesh } from "../../model/mesh";
import type { Target } from "../../model/target";
import type { Manifest } from "../../modules/manifest";
import { INGRESS_NAMESPACE } from "../../facts/istio-gateways";
import type { Flow } from "../../modules/policies/network-flows";
import { serviceSelector } from "../../modules/workloads/workload";
import { rolloutStrategy } from "../../modules/workloads/traffic/rollout-routing";
import {
  routeCallers,
  routedElsewhere,
  type RouteCaller,
} from "../../modules/workloads/traffic/route-callers";
import type { RoutedService } from "../../modules/workloads/traffic/traffic";
import { routedPorts } from "../../modules/workloads/traffic/routes";
import { trafficManifests } from "../../modules/workloads/traffic/traffic-manifests";
import type { ChartValues } from "../../modules/chart-values";
import { type CallContext, callerPeers, eastWestGateways } from "../../wiring/call-flows";
import { trafficPlatform } from "../../wiring/traffic-platform";
import { portsOf } from "./workload-of";

function routedService(name: string, workload: ServiceSettings, { config }: Target): RoutedService {
  return {
    name,
    namespace: workload.namespace,
    ports: portsOf(workload),
    selector: serviceSelector({ app: name }),
    rollout: workload.controller === "rollout",
    inMesh: isInMesh(config, workload.namespace),
    drainSeconds: drainSecondsOf(name, workload, config),
  };
}

const platforms = new WeakMap<Target, { readonly platform: ReturnType<typeof trafficPlatform> }>();

/** Found once for all services of a target: each knows all others. */
function platformOf(target: Target) {
  const found = platforms.get(target) ?? { platform: platformFor(target) };
  platforms.set(target, found);
  return found.platform;
}

function platformFor(target: Target) {
  const services = Object.entries(target.workloads)
    // A version stands behind the service that it is of.
    .filter(([, { app }]) => app === undefined)
    .map(([name, each]) => routedService(name, each, target));
  return trafficPlatform(target, services);
}

/** Objects that lead requests to a service, by key. */
export function routeManifests(
  name: string,
  workload: ServiceSettings,
  target: Target,
): Record<string, Manifest> {
  const platform = platformOf(target);
  if (workload.traffic === undefined || platform === undefined) return {};
  const manifests = trafficManifests(
    routedService(name, workload, target),
    resolvedTraffic(name, workload, workload.traffic),
    platform,
  );
  return Object.fromEntries(manifests.map((each) => [`traffic-${keyOf(each)}`, each]));
}

const keyOf = ({ kind, metadata: { name, namespace = "" } }: Manifest): string =>
  [kind, namespace, name].join("-").toLowerCase();

/** How Argo Rollouts releases a service with routes; undefined: it has none, or is released otherwise. */
export function routedStrategy(
  name: string,
  workload: ServiceSettings,
  target: Target,
): ChartValues | undefined {
  const platform = platformOf(target);
  if (workload.controller !== "rollout" || workload.traffic === undefined || platform === undefined)
    return undefined;
  return rolloutStrategy(
    routedService(name, workload, target),
    resolvedTraffic(name, workload, workload.traffic),
    platform,
  );
}

/** Who connects to a service because of its own routes, and because of routes of others that lead to it. */
export function routeFlows(name: string, workload: ServiceSettings, context: CallContext): Flow[] {
  const platform = platformOf(context.target);
  if (platform === undefined) return [];
  const ports = routedPorts({ ports: portsOf(workload) }).map(({ targetPort }) => ({
    port: targetPort,
    protocol: "TCP" as const,
  }));
  // A version has no routes of its own: those of its service lead to it.
  const { app: service = name } = workload;
  return routesTo(service, workload.namespace, context.target).flatMap((traffic) =>
    routeCallers(traffic, platform).map((caller): Flow => ({
      direction: "ingress",
      peers: routePeers(caller, context),
      ports,
    })),
  );
}

interface Routes {
  readonly index: number;
  readonly traffic: ResolvedTraffic;
}

const routesBy = new WeakMap<Target, ReadonlyMap<string, readonly Routes[]>>();

/** Routes of a service, and those of others that lead to it, in the order of their services. */
function routesTo(service: string, namespace: string, target: Target): ResolvedTraffic[] {
  const known = routesBy.get(target) ?? routesByService(target);
  routesBy.set(target, known);
  const own = known.get(service) ?? [];
  const others = (known.get(`${namespace}/${service}`) ?? []).filter((each) => !own.includes(each));
  return [...own, ...others].sort((a, b) => a.index - b.index).map(({ traffic }) => traffic);
}

/** By the service whose they are, and by namespace and name of each other that they lead to. */
function routesByService(target: Target): ReadonlyMap<string, readonly Routes[]> {
  const found = new Map<string, Routes[]>();
  for (const [index, [name, config]] of Object.entries(target.workloads).entries()) {
    if (config.traffic === undefined) continue;
    const traffic = resolvedTraffic(name, config, config.traffic);
    const routes = { index, traffic };
    const elsewhere = routedElsewhere(traffic, routedService(name, config, target));
    for (const key of [name, ...elsewhere.map((each) => `${each.namespace}/${each.name}`)]) {
      const same = found.get(key);
      if (same === undefined) found.set(key, [routes]);
      else same.push(routes);
    }
  }
  return found;
}

function routePeers(caller: RouteCaller, context: CallContext): Flow["peers"] {
  switch (caller.kind) {
    case "pods":
      // The gateway of a peer comes through, where nobody answers there.
      return [caller, ...(caller.namespace === INGRESS_NAMESPACE ? eastWestGateways(context.target) : [])];
    case "cilium-ingress":
      return [{ kind: "entity", entity: "ingress" }];
    case "load-balancer":
      return callerPeers(caller, context);
  }
}
