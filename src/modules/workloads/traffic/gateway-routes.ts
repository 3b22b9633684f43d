import { isGrpcRoute } from "../../../facts/grpc-routes";
import type { ChartValues } from "../../chart-values";
import type { Manifest } from "../../manifest";
import {
  backendServiceName,
  backendsOf,
  forwardingRoutes,
  gatewayOf,
  type ResolvedBackend,
  routesOf,
} from "./routes";
import type { HeaderMatch, Redirect, Route, RoutedService, Traffic, TrafficPlatform } from "./traffic";

const API = "gateway.networking.k8s.io";
type RouteKind = "HTTPRoute" | "GRPCRoute";
type Platform = Pick<TrafficPlatform, "gateways" | "services">;

/** Kinds of routes that a service has in the Gateway API, each under the service's name. */
export function routeKinds(service: RoutedService, traffic: Pick<Traffic, "routes">): RouteKind[] {
  const grpc = routesOf(traffic).map((route) => isGrpcRoute(route, service));
  return [
    ...(grpc.includes(false) ? ["HTTPRoute" as const] : []),
    ...(grpc.includes(true) ? ["GRPCRoute" as const] : []),
  ];
}

/** Routes of the Gateway API, and what lets them reach Services of other namespaces. */
export function gatewayRoutes(service: RoutedService, traffic: Traffic, platform: Platform): Manifest[] {
  const routes = routesOf(traffic);
  const kinds = routeKinds(service, traffic);
  const objects = kinds.map((kind): Manifest => {
    const grpc = kind === "GRPCRoute";
    const own = routes.filter((route) => isGrpcRoute(route, service) === grpc);
    return {
      apiVersion: `${API}/v1`,
      kind,
      metadata: { name: service.name, namespace: service.namespace },
      spec: {
        parentRefs: parents(service, traffic, platform),
        ...(traffic.gateway !== undefined && traffic.hosts.length > 0 && { hostnames: [...traffic.hosts] }),
        rules: own.map((route) => rule(route, grpc, service, traffic, platform)),
      },
    };
  });
  return [...objects, ...referenceGrants(kinds, service, traffic, platform)];
}

function parents(service: RoutedService, traffic: Traffic, platform: Platform): ChartValues[] {
  const gateway = gatewayOf(traffic, platform);
  return [
    ...(gateway ? [{ group: API, kind: "Gateway", name: gateway.name, namespace: gateway.namespace }] : []),
    ...(traffic.inCluster ? [{ group: "", kind: "Service", name: service.name }] : []),
  ];
}

function rule(
  route: Route,
  grpc: boolean,
  service: RoutedService,
  traffic: Traffic,
  platform: Platform,
): ChartValues {
  const { action, ...requests } = route;
  const match = grpc ? grpcMatch(route) : httpMatch(route);
  const matches = Object.keys(match).length > 0 && { matches: [match] };
  if (action.kind === "redirect") return { ...matches, filters: [redirecting(action)] };
  return {
    ...matches,
    ...(action.rewrite && { filters: [rewriting(action.rewrite.to)] }),
    ...(action.timeout !== undefined && { timeouts: { request: action.timeout } }),
    backendRefs: backendsOf({ ...requests, action }, service, traffic, platform).map((each) =>
      backendRef(each, service),
    ),
  };
}

function httpMatch({ match, method, headers }: Route): ChartValues {
  return {
    ...(match.kind === "prefix" && { path: { type: "PathPrefix", value: match.prefix } }),
    ...(match.kind === "path" && { path: { type: "Exact", value: match.path } }),
    ...(method !== undefined && { method }),
    ...headerMatches(headers),
  };
}

function grpcMatch({ match, headers }: Route): ChartValues {
  return { ...grpcMethod(match), ...headerMatches(headers) };
}

function grpcMethod(match: Route["match"]): ChartValues {
  switch (match.kind) {
    case "grpc-service":
      return { method: { type: "Exact", service: match.service } };
    case "grpc-method":
      return { method: { type: "Exact", service: match.service, method: match.method } };
    default:
      return {};
  }
}

function headerMatches(headers: Route["headers"]): ChartValues {
  const all = Object.entries(headers);
  return all.length === 0 ? {} : { headers: all.map(([name, match]) => ({ name, ...headerValue(match) })) };
}

/** The Gateway API has no prefix of a header: it is a regular expression there. */
function headerValue({ kind, value }: HeaderMatch): ChartValues {
  switch (kind) {
    case "exact":
      return { type: "Exact", value };
    case "regex":
      return { type: "RegularExpression", value };
    case "prefix":
      return { type: "RegularExpression", value: `${value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}.*` };
  }
}

function redirecting({ scheme, host, path, status }: Redirect): ChartValues {
  return {
    type: "RequestRedirect",
    requestRedirect: {
      ...(scheme !== undefined && { scheme }),
      ...(host !== undefined && { hostname: host }),
      ...(path !== undefined && { path: { type: "ReplaceFullPath", replaceFullPath: path } }),
      statusCode: status,
    },
  };
}

function rewriting(prefix: string): ChartValues {
  return {
    type: "URLRewrite",
    urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: prefix } },
  };
}

function backendRef(backend: ResolvedBackend, own: RoutedService): ChartValues {
  const { namespace, port, weight } = backend;
  return {
    // Routes know no subsets: each version is a Service.
    name: backendServiceName(backend),
    ...(namespace !== own.namespace && { namespace }),
    port,
    ...(weight !== undefined && { weight }),
  };
}

/** A Service of another namespace is only reached where something there says so. */
function referenceGrants(
  kinds: readonly RouteKind[],
  own: RoutedService,
  traffic: Traffic,
  platform: Platform,
): Manifest[] {
  const elsewhere = forwardingRoutes(traffic)
    .flatMap((route) => backendsOf(route, own, traffic, platform))
    .filter(({ namespace }) => namespace !== own.namespace);
  return [...new Set(elsewhere.map(({ namespace }) => namespace))].sort().map((namespace) => {
    const names = elsewhere.filter((each) => each.namespace === namespace).map(backendServiceName);
    return {
      apiVersion: `${API}/v1beta1`,
      kind: "ReferenceGrant",
      metadata: { name: `${own.namespace}-${own.name}`, namespace },
      spec: {
        from: kinds.map((kind) => ({ group: API, kind, namespace: own.namespace })),
        to: [...new Set(names)].sort().map((name) => ({ group: "", kind: "Service", name })),
      },
    };
  });
}
