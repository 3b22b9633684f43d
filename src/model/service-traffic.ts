import { serviceIngressSchema } from "../config/schema/workloads/service-ingress";
import type { ServiceTraffic } from "../config/schema/workloads/traffic";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";

type WrittenRoute = ServiceTraffic["routes"][number];
type WrittenHeader = WrittenRoute["headers"][string];
type WrittenIngress = NonNullable<ServiceTraffic["ingress"]>;
type WrittenLocality = NonNullable<NonNullable<ServiceTraffic["destination"]>["locality"]>;

/** A service that requests go to, by its full name. */
export type Backend = Omit<WrittenRoute["to"][number], "service" | "namespace"> & {
  readonly service: string;
  readonly namespace: string;
};

/** What becomes of the requests. */
export type RouteAction =
  | ({ readonly kind: "redirect" } & NonNullable<WrittenRoute["redirect"]>)
  | ({
      readonly kind: "forward";
      /** Never empty. */
      readonly to: readonly Backend[];
      readonly rewrite?: { readonly prefix: string; readonly to: string };
    } & Pick<WrittenRoute, "timeout" | "retries">);

export interface Route extends Pick<WrittenRoute, "method"> {
  readonly match: ReturnType<typeof pathMatch>;
  readonly headers: Readonly<Record<string, ReturnType<typeof headerMatch>>>;
  readonly action: RouteAction;
}

/** Where calls go when the pods nearby don't answer, or before. */
export type Locality =
  | { readonly kind: "nearest" }
  | { readonly kind: "failover"; readonly regions: WrittenLocality["failover"] }
  | { readonly kind: "distribute"; readonly shares: WrittenLocality["distribute"] };

/** What the Ingress of a service has besides routes. */
export type IngressOptions =
  | ({ readonly kind: "alb"; readonly scheme: "internal" | "public" } & Pick<
      WrittenIngress,
      "group" | "certificateArns" | "idleTimeoutSeconds" | "healthCheck"
    >)
  | ({ readonly kind: "nginx" } & Pick<WrittenIngress, "tlsSecret" | "maxBodySize">);

/** How callers reach a service: what its `traffic` means. */
export type ResolvedTraffic = ReturnType<typeof resolvedTraffic>;

type Routed = Pick<WorkloadConfig, "namespace">;

export function resolvedTraffic(name: string, workload: Routed, traffic: ServiceTraffic) {
  const { destination, gateway, inCluster = gateway === undefined } = traffic;
  return {
    ...traffic,
    inCluster,
    ingress: ingressOf(traffic.ingress ?? serviceIngressSchema.parse({})),
    routes: routesOf(name, workload, traffic),
    destination: destination && {
      ...destination,
      locality: destination.locality && localityOf(destination.locality),
    },
  };
}

/** Routes of a service; where it writes none, all requests go to itself. */
export function routesOf(
  name: string,
  { namespace }: Routed,
  { routes }: Pick<ServiceTraffic, "routes">,
): readonly Route[] {
  const own: Backend = { service: name, namespace };
  if (routes.length === 0)
    return [{ match: { kind: "any" }, headers: {}, action: { kind: "forward", to: [own] } }];
  return routes.map((route) => ({
    match: pathMatch(route),
    headers: Object.fromEntries(
      Object.entries(route.headers).map(([key, match]) => [key, headerMatch(match)]),
    ),
    action: actionOf(route, own),
    ...(route.method !== undefined && { method: route.method }),
  }));
}

/** Which paths a route is for. */
function pathMatch({ prefix, path, grpc }: WrittenRoute) {
  if (grpc?.method !== undefined)
    return { kind: "grpc-method", service: grpc.service, method: grpc.method } as const;
  if (grpc !== undefined) return { kind: "grpc-service", service: grpc.service } as const;
  if (path !== undefined) return { kind: "path", path } as const;
  return prefix === undefined ? ({ kind: "any" } as const) : ({ kind: "prefix", prefix } as const);
}

/** What a header must be, start with, or match (RE2). */
function headerMatch(match: WrittenHeader) {
  if (typeof match === "string") return { kind: "exact", value: match } as const;
  if ("exact" in match) return { kind: "exact", value: match.exact } as const;
  return "prefix" in match
    ? ({ kind: "prefix", value: match.prefix } as const)
    : ({ kind: "regex", value: match.regex } as const);
}

function actionOf(
  { redirect, to, prefix, rewrite, timeout, retries }: WrittenRoute,
  own: Backend,
): RouteAction {
  if (redirect !== undefined) return { kind: "redirect", ...redirect };
  return {
    kind: "forward",
    to:
      to.length === 0
        ? [own]
        : to.map(({ service, namespace, ...rest }) => backendOf(rest, own, service, namespace)),
    ...(prefix !== undefined && rewrite !== undefined && { rewrite: { prefix, to: rewrite } }),
    ...(timeout !== undefined && { timeout }),
    ...(retries !== undefined && { retries }),
  };
}

function backendOf(
  rest: Omit<Backend, "service" | "namespace">,
  own: Backend,
  service = own.service,
  namespace = own.namespace,
): Backend {
  return { ...rest, service, namespace };
}

function ingressOf({ class: of, tlsSecret, maxBodySize, ...rest }: WrittenIngress): IngressOptions {
  if (of === "nginx") return { kind: "nginx", tlsSecret, maxBodySize };
  return { kind: "alb", scheme: of === "alb-public" ? "public" : "internal", ...rest };
}

function localityOf({ failover, distribute }: WrittenLocality): Locality {
  if (Object.keys(failover).length > 0) return { kind: "failover", regions: failover };
  return Object.keys(distribute).length > 0
    ? { kind: "distribute", shares: distribute }
    : { kind: "nearest" };
}
