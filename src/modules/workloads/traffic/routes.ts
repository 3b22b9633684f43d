import { Fault } from "../../../text/errors";
import type { WorkloadPort } from "../workload";
import type { Backend, Route, RoutedService, Traffic, TrafficPlatform } from "./traffic";

/** A backend with all that was left out. */
export interface ResolvedBackend {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
  readonly subset?: string;
  readonly weight?: number;
}

/** Subsets that Argo Rollouts moves weights between. */
export const STABLE = "stable";
export const CANARY = "canary";

const ANY: Route = { headers: {}, to: [] };

/**
 * The service's routes, the most specific first, as the Gateway API orders them: whole path, longest prefix, method,
 * number of headers. So all APIs take the same route for a request.
 */
export function routesOf({ routes }: Pick<Traffic, "routes">): readonly Route[] {
  if (routes.length === 0) return [ANY];
  return [...routes].sort((a, b) => {
    const [left, right] = [specificity(a), specificity(b)];
    const at = left.findIndex((each, index) => each !== right[index]);
    return (right[at] ?? 0) - (left[at] ?? 0);
  });
}

function specificity({ path, prefix, grpc, method, headers }: Route): readonly number[] {
  return [
    path !== undefined || grpc?.method !== undefined ? 1 : 0,
    (path ?? prefix ?? grpc?.service ?? "").length,
    method === undefined ? 0 : 1,
    Object.keys(headers).length,
  ];
}

/** Whether a route is for gRPC calls: it says so, or the service speaks nothing else. */
export function isGrpc({ grpc, to }: Route, service: RoutedService): boolean {
  if (grpc !== undefined) return true;
  const [first] = to;
  if (first?.service !== undefined && first.service !== service.name) return false;
  const spoken = routedPorts(service).filter(({ port }) => first?.port === undefined || first.port === port);
  return spoken.length > 0 && spoken.every(({ protocol }) => protocol === "grpc");
}

/** Ports that requests are routed to; TCP has no requests. */
export function routedPorts({ ports }: Pick<RoutedService, "ports">): readonly WorkloadPort[] {
  return ports.filter(({ protocol }) => protocol !== "tcp");
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
  route: Route,
  service: RoutedService,
  traffic: Pick<Traffic, "split">,
  { services }: Pick<TrafficPlatform, "services">,
): readonly ResolvedBackend[] {
  const grpc = isGrpc(route, service);
  const backends = route.to.length === 0 ? [{}] : route.to;
  const resolved = backends.map((each) => resolve(each, service, services, grpc));
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

function resolve(
  backend: Backend,
  own: RoutedService,
  services: readonly RoutedService[],
  grpc: boolean,
): ResolvedBackend {
  const service = backend.service ?? own.name;
  const namespace = backend.namespace ?? own.namespace;
  const known = [own, ...services].find((each) => leadsTo({ service, namespace }, each));
  const port = backend.port ?? (known && firstPort(known, grpc));
  if (port === undefined) {
    throw new UnknownPortError(
      `route of ${own.name} leads to ${service}, whose ports are not known: write its port`,
    );
  }
  const { subset, weight } = backend;
  return {
    service,
    namespace,
    port,
    ...(subset !== undefined && { subset }),
    ...(weight !== undefined && { weight }),
  };
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
  const told = routesOf(traffic)
    .filter(({ redirect }) => redirect === undefined)
    .flatMap((route) => backendsOf(route, service, traffic, { services }))
    .flatMap((backend) => [service, ...services].find((each) => leadsTo(backend, each))?.drainSeconds ?? []);
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

/** Whether the routes hold for callers in the cluster. */
export function isInCluster({ inCluster, gateway }: Pick<Traffic, "inCluster" | "gateway">): boolean {
  return inCluster ?? gateway === undefined;
}

/** Full name of a Service in the cluster's DNS. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.cluster.local`;
}
