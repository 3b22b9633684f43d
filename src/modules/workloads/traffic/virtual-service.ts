import type { ChartValue, ChartValues } from "../../chart-values";
import type { Manifest } from "../../manifest";
import { backendsOf, isInCluster, routesOf, type ResolvedBackend, serviceHost } from "./routes";
import type {
  HeaderMatch,
  Redirect,
  Retries,
  Route,
  RoutedService,
  Traffic,
  TrafficPlatform,
} from "./traffic";

/** A VirtualService is read by sidecars under this name, and by gateways under theirs. */
const MESH = "mesh";

/** Name of a service's VirtualService, which is the service's own. */
export const virtualServiceName = ({ name }: Pick<RoutedService, "name">): string => name;

/** Routes of Istio's API, for a gateway, for callers in the mesh, or both. */
export function virtualService(
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "gateways" | "services">,
): Manifest {
  const inCluster = isInCluster(traffic);
  const gateway = traffic.gateway === undefined ? undefined : platform.gateways[traffic.gateway];
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: virtualServiceName(service), namespace: service.namespace },
    spec: {
      hosts: [
        ...(gateway ? traffic.hosts : []),
        ...(inCluster ? [serviceHost(service.name, service.namespace)] : []),
      ],
      gateways: [
        ...(gateway ? [`${gateway.namespace}/${traffic.gateway ?? ""}`] : []),
        ...(inCluster ? [MESH] : []),
      ],
      http: routesOf(traffic).map((route, index) => ({
        name: httpRouteName(index),
        ...matches(route),
        ...(route.redirect
          ? { redirect: redirection(route.redirect) }
          : { route: backendsOf(route, service, traffic, platform).map(destination) }),
        ...rewriting(route),
        ...(route.timeout !== undefined && { timeout: route.timeout }),
        ...(route.retries && { retries: retrying(route.retries) }),
      })),
    },
  };
}

/** Argo Rollouts finds a route by its name. */
export function httpRouteName(index: number): string {
  return `route-${index + 1}`;
}

function destination({ service, namespace, port, subset, weight }: ResolvedBackend): ChartValues {
  return {
    destination: {
      host: serviceHost(service, namespace),
      ...(subset !== undefined && { subset }),
      port: { number: port },
    },
    ...(weight !== undefined && { weight }),
  };
}

function matches(route: Route): ChartValues {
  const { headers, method } = route;
  const rest: ChartValues = {
    ...(method !== undefined && { method: { exact: method } }),
    ...(Object.keys(headers).length > 0 && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, match]) => [name, stringMatch(match)])),
    }),
  };
  const uris = uriMatches(route);
  if (uris.length > 0) return { match: uris.map((uri) => ({ uri, ...rest })) };
  return Object.keys(rest).length > 0 ? { match: [rest] } : {};
}

/** Istio's prefix is one of text: `/api` alone would take `/apis` too. */
function uriMatches({ prefix, path, grpc }: Route): readonly Readonly<Record<string, string>>[] {
  if (grpc?.method !== undefined) return [{ exact: `/${grpc.service}/${grpc.method}` }];
  if (grpc !== undefined) return [{ prefix: `/${grpc.service}/` }];
  if (path !== undefined) return [{ exact: path }];
  if (prefix === undefined) return [];
  if (prefix.endsWith("/")) return [{ prefix }];
  return [{ exact: prefix }, { prefix: `${prefix}/` }];
}

function stringMatch(match: HeaderMatch): ChartValue {
  return typeof match === "string" ? { exact: match } : { ...match };
}

function redirection({ scheme, host, path, status }: Redirect): ChartValues {
  return {
    ...(scheme !== undefined && { scheme }),
    ...(host !== undefined && { authority: host }),
    ...(path !== undefined && { uri: path }),
    redirectCode: status,
  };
}

/** The prefix and the slash behind it, which stays where there is more to come. */
function rewriting({ prefix, rewrite }: Route): ChartValues {
  if (prefix === undefined || rewrite === undefined) return {};
  const from = prefix.replace(/\/$/, "").replace(/[.+()[\]{}^$|\\]/g, "\\$&");
  const to = rewrite.replace(/\/$/, "");
  const rest = to === "" ? "/\\2" : `${to}\\1\\2`;
  return { rewrite: { uriRegexRewrite: { match: `^${from}(/|$)(.*)`, rewrite: rest } } };
}

function retrying({ attempts, perTryTimeout, on }: Retries): ChartValues {
  return {
    attempts,
    ...(attempts > 0 && perTryTimeout !== undefined && { perTryTimeout }),
    ...(attempts > 0 && { retryOn: on.join(",") }),
  };
}
