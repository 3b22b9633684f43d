import type { ChartValue, ChartValues } from "../../chart-values";
import type { Manifest } from "../../manifest";
import {
  backendsOf,
  forwardingRoutes,
  gatewayOf,
  isTcpOnly,
  type ResolvedBackend,
  routesOf,
  serviceHost,
} from "./routes";
import type {
  Forward,
  HeaderMatch,
  PathMatch,
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
  const { inCluster } = traffic;
  const gateway = gatewayOf(traffic, platform);
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: virtualServiceName(service), namespace: service.namespace },
    spec: {
      hosts: [
        ...(gateway ? traffic.hosts : []),
        ...(inCluster ? [serviceHost(service.name, service.namespace)] : []),
      ],
      gateways: [...(gateway ? [`${gateway.namespace}/${gateway.name}`] : []), ...(inCluster ? [MESH] : [])],
      ...(isTcpOnly(service)
        ? connections(service, traffic, platform)
        : {
            http: routesOf(traffic).map((route, index) => ({
              name: httpRouteName(index),
              ...matches(route),
              ...acting(route, service, traffic, platform),
            })),
          }),
    },
  };
}

/** Routes of a service without requests: by server name from a gateway that passes TLS on, by port from callers in the mesh. */
function connections(
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "gateways" | "services">,
): ChartValues {
  const gateway = gatewayOf(traffic, platform);
  const backends = forwardingRoutes(traffic).flatMap((route) =>
    backendsOf(route, service, traffic, platform),
  );
  return {
    ...(gateway && {
      tls: [
        {
          match: [
            { gateways: [`${gateway.namespace}/${gateway.name}`], port: 443, sniHosts: [...traffic.hosts] },
          ],
          route: backends.map(destination),
        },
      ],
    }),
    ...(traffic.inCluster && {
      tcp: service.ports.map(({ port }) => ({
        match: [{ gateways: [MESH], port }],
        route: backends.map((each) => destination({ ...each, port })),
      })),
    }),
  };
}

function acting(
  { action, ...requests }: Route,
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "services">,
): ChartValues {
  if (action.kind === "redirect") return { redirect: redirection(action) };
  const { rewrite, timeout, retries } = action;
  return {
    route: backendsOf({ ...requests, action }, service, traffic, platform).map(destination),
    ...(rewrite && rewriting(rewrite)),
    ...(timeout !== undefined && { timeout }),
    ...(retries && { retries: retrying(retries) }),
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
  const uris = uriMatches(route.match);
  if (uris.length > 0) return { match: uris.map((uri) => ({ uri, ...rest })) };
  return Object.keys(rest).length > 0 ? { match: [rest] } : {};
}

/** Istio's prefix is one of text: `/api` alone would take `/apis` too. */
function uriMatches(match: PathMatch): readonly Readonly<Record<string, string>>[] {
  switch (match.kind) {
    case "any":
      return [];
    case "prefix":
      return match.prefix.endsWith("/")
        ? [{ prefix: match.prefix }]
        : [{ exact: match.prefix }, { prefix: `${match.prefix}/` }];
    case "path":
      return [{ exact: match.path }];
    case "grpc-service":
      return [{ prefix: `/${match.service}/` }];
    case "grpc-method":
      return [{ exact: `/${match.service}/${match.method}` }];
  }
}

const stringMatch = ({ kind, value }: HeaderMatch): ChartValue => ({ [kind]: value });

function redirection({ scheme, host, path, status }: Redirect): ChartValues {
  return {
    ...(scheme !== undefined && { scheme }),
    ...(host !== undefined && { authority: host }),
    ...(path !== undefined && { uri: path }),
    redirectCode: status,
  };
}

/** The prefix and the slash behind it, which stays where there is more to come. */
function rewriting({ prefix, to: rewrite }: NonNullable<Forward["rewrite"]>): ChartValues {
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
