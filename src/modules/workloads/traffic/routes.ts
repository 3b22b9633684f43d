import { Fault } from "../../../text/errors";
import { isGrpcRoute } from "../../../facts/grpc-routes";
import { ingressGatewayName } from "../../../facts/istio-gateways";
import type { WorkloadPort } from "../workload";
import type {
  Backend,
  ForwardingRoute,
  PlatformGateway,
  Route,
  RoutedService,
  Traffic,
  TrafficPlatform,
} from "./traffic";

/** A backend whose port is known. */
export type ResolvedBackend = Backend & { readonly port: number };

/** Subsets that Argo Rollouts moves weights between. */
export const STABLE = "stable";
export const CANARY = "canary";

/**
 * The service's routes, the most specific first, as the Gateway API orders them: whole path, longest prefix, method,
 * number of headers. So all APIs take the same route for a request.
 */
export function routesOf({ routes }: Pick<Traffic, "routes">): readonly Route[] {
  return [...routes].sort(
    (a, b) =>
      Number(isWhole(b.match)) - Number(isWhole(a.match)) ||
      lengthOf(b.match) - lengthOf(a.match) ||
      Number(b.method !== undefined) - Number(a.method !== undefined) ||
      Object.keys(b.headers).length - Object.keys(a.headers).length,
  );
}

/** The routes whose requests services answer, in the same order. */
export function forwardingRoutes(traffic: Pick<Traffic, "routes">): readonly ForwardingRoute[] {
  return routesOf(traffic).flatMap(({ action, ...rest }) =>
    action.kind === "forward" ? [{ ...rest, action }] : [],
  );
}

const isWhole = ({ kind }: Route["match"]): boolean => kind === "path" || kind === "grpc-method";

function lengthOf(match: Route["match"]): number {
  switch (match.kind) {
    case "any":
      return 0;
    case "prefix":
      return match.prefix.length;
    case "path":
      return match.path.length;
    case "grpc-service":
    case "grpc-method":
      return match.service.length;
  }
}

/** Ports that requests are routed to; TCP has no requests. Of a service that speaks nothing else, connections are routed. */
export function routedPorts({ ports }: Pick<RoutedService, "ports">): readonly WorkloadPort[] {
  return isTcpOnly({ ports }) ? ports : ports.filter(({ protocol }) => protocol !== "tcp");
}

/** Whether connections of a service are routed, and not requests. */
export function isTcpOnly({ ports }: Pick<RoutedService, "ports">): boolean {
  return ports.every(({ protocol }) => protocol === "tcp");
}

/** Shares of the service's subsets, where it has more than one version. */
export function splitOf(
  { rollout }: Pick<RoutedService, "rollout">,
  { split }: Pick<Traffic, "split">,
): Readonly<Record<string, number>> | undefined {
  // What Argo Rollouts starts from; it moves the weights from here.
  return rollout === true ? { [STABLE]: 100, [CANARY]: 0 } : split;
}

/** A backend of another service that the platform does not know has to name its port. */
export class UnknownPortError extends Fault {}

/** Where a route leads to, with the service's split. */
export function backendsOf(
  route: ForwardingRoute,
  service: RoutedService,
  traffic: Pick<Traffic, "split">,
  { services }: Pick<TrafficPlatform, "services">,
): readonly ResolvedBackend[] {
  const grpc = isGrpcRoute(route, service);
  const resolved = route.action.to.map((each) => resolve(each, service, services, grpc));
  const [only] = resolved;
  const split = splitOf(service, traffic);
  if (split === undefined || only === undefined || resolved.length > 1) return resolved;
  if (only.subset !== undefined || !leadsTo(only, service)) return resolved;
  return Object.entries(split).map(([subset, weight]) => ({ ...only, subset, weight }));
}

/** Whether a backend is this service, in whatever version. */
export function leadsTo(
  { service, namespace }: Pick<ResolvedBackend, "service" | "namespace">,
  { name, namespace: own }: RoutedService,
): boolean {
  return service === name && namespace === own;
}

/** The service that a backend is: the routes' own, or one of the others. */
function serviceBehind(
  backend: Pick<Backend, "service" | "namespace">,
  own: RoutedService,
  services: readonly RoutedService[],
): RoutedService | undefined {
  return leadsTo(backend, own)
    ? own
    : placesOf(services).get(placeOf(backend.namespace, backend.service))?.service;
}

const known = new WeakMap<
  readonly RoutedService[],
  ReadonlyMap<string, { readonly service: RoutedService; readonly index: number }>
>();

/** Services by namespace and name, the first of each, with their places in the list; found once for all routes. */
export function placesOf(services: readonly RoutedService[]) {
  const found =
    known.get(services) ??
    new Map(
      services
        .map((service, index) => [placeOf(service.namespace, service.name), { service, index }] as const)
        .reverse(),
    );
  known.set(services, found);
  return found;
}

export function placeOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function resolve(
  backend: Backend,
  own: RoutedService,
  services: readonly RoutedService[],
  grpc: boolean,
): ResolvedBackend {
  const known = serviceBehind(backend, own, services);
  const port = backend.port ?? (known && firstPort(known, grpc));
  if (port === undefined) {
    throw new UnknownPortError(
      `route of ${own.name} leads to ${backend.service}, whose ports are not known: write its port`,
    );
  }
  return { ...backend, port };
}

function firstPort(service: RoutedService, grpc: boolean): number | undefined {
  const ports = routedPorts(service);
  return (ports.find(({ protocol }) => (protocol === "grpc") === grpc) ?? ports[0])?.port;
}

/** Seconds that the hastiest of the services behind a service's routes goes on serving; undefined: nobody told. */
export function shortestDrain(
  service: RoutedService,
  traffic: Traffic,
  { services }: Pick<TrafficPlatform, "services">,
): number | undefined {
  const told = forwardingRoutes(traffic)
    .flatMap((route) => backendsOf(route, service, traffic, { services }))
    .flatMap((backend) => serviceBehind(backend, service, services)?.drainSeconds ?? []);
  return told.length === 0 ? undefined : Math.min(...told);
}

/** The Service of one version, where the API has no subsets. */
export function versionServiceName(service: string, subset: string): string {
  return `${service}-${subset}`;
}

/** The Service that a backend is, where the API has no subsets. */
export function backendServiceName({ service, subset }: ResolvedBackend): string {
  return subset === undefined ? service : versionServiceName(service, subset);
}

/** The gateway that leads to a service; undefined: none of the platform's. */
export function gatewayOf(
  { gateway: name }: Pick<Traffic, "gateway">,
  { gateways }: Pick<TrafficPlatform, "gateways">,
): (PlatformGateway & { readonly name: string }) | undefined {
  const gateway = name === undefined ? undefined : gateways[name];
  return name === undefined || gateway === undefined ? undefined : { ...gateway, name };
}

/** Name of the ingress gateway of Istio that carries a gateway out. */
export function carrierOf({ carrier }: Pick<PlatformGateway, "carrier">): string {
  return carrier?.name ?? ingressGatewayName();
}

/** Full name of a Service in the cluster's DNS. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.cluster.local`;
}
