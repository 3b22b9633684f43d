import { isGrpcRoute } from "../../../facts/grpc-routes";
import { DEREGISTRATION_DELAY, deregistrationDelaySeconds } from "../../../facts/load-balancer-drain";
import type { ChartValues } from "../../chart-values";
import type { Manifest } from "../../manifest";
import { defaultHealthCheck } from "./health-check";
import { ingressPath } from "./ingress-path";
import { backendServiceName, backendsOf, type ResolvedBackend, routesOf, shortestDrain } from "./routes";
import type { AlbOptions, Redirect, Route, RoutedService, Traffic, TrafficPlatform } from "./traffic";

/** Ingress classes of the platform, by the scheme of their load balancers (ingress-classes.ts). */
const INGRESS_CLASSES = { internal: "alb", public: "alb-public" } as const;
const PREFIX = "alb.ingress.kubernetes.io";
type Platform = Pick<TrafficPlatform, "services" | "targetType">;

/** Name of a service's Ingress, which is the service's own. */
export const ingressName = ({ name }: Pick<RoutedService, "name">): string => name;

/**
 * A service behind an Application Load Balancer. The class holds what no service may change: certificates, TLS policy,
 * web ACL, access logs (ingress-classes.ts).
 */
export function albIngress(
  service: RoutedService,
  traffic: Traffic,
  options: AlbOptions,
  platform: Platform,
): Manifest {
  const actions = routesOf(traffic).map((route, index) => albRoute(route, index, service, traffic, platform));
  const hosts = traffic.hosts.length === 0 ? [undefined] : traffic.hosts;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: ingressName(service),
      namespace: service.namespace,
      annotations: annotated({
        ...loadBalancer(options, platform),
        ...targets(options, service, traffic),
        ...drain(service, traffic, platform),
        ...Object.fromEntries(actions.flatMap(({ annotations }) => Object.entries(annotations))),
      }),
    },
    spec: {
      ingressClassName: INGRESS_CLASSES[options.scheme],
      rules: hosts.map((host) => ({
        ...(host !== undefined && { host }),
        http: { paths: actions.map(({ path }) => path) },
      })),
    },
  };
}

function loadBalancer(options: AlbOptions, { targetType }: Platform): Record<string, string> {
  const { group, certificateArns, idleTimeoutSeconds } = options;
  return {
    scheme: options.scheme === "public" ? "internet-facing" : "internal",
    "target-type": targetType,
    "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
    "ssl-redirect": "443",
    ...(group !== undefined && { "group.name": group }),
    ...(certificateArns.length > 0 && { "certificate-arn": certificateArns.join(",") }),
    ...(idleTimeoutSeconds !== undefined && {
      "load-balancer-attributes": `idle_timeout.timeout_seconds=${idleTimeoutSeconds}`,
    }),
  };
}

function targets(
  { healthCheck: { path, intervalSeconds, successCodes } }: AlbOptions,
  service: RoutedService,
  traffic: Traffic,
): Record<string, string> {
  const grpc = routesOf(traffic).every((route) => isGrpcRoute(route, service));
  const byDefault = defaultHealthCheck(grpc);
  return {
    ...(grpc && { "backend-protocol-version": "GRPC" }),
    "healthcheck-path": path ?? byDefault.path,
    "healthcheck-interval-seconds": String(intervalSeconds),
    "success-codes": successCodes ?? byDefault.codes,
  };
}

/** Requests to a pod that ends have the time that its service, or the hastiest of several, goes on serving. */
function drain(
  service: RoutedService,
  traffic: Traffic,
  platform: Platform,
): Readonly<Record<string, string>> {
  const seconds = shortestDrain(service, traffic, platform);
  if (seconds === undefined || platform.targetType !== "ip") return {};
  return { "target-group-attributes": `${DEREGISTRATION_DELAY}=${deregistrationDelaySeconds(seconds)}` };
}

interface AlbRoute {
  readonly path: ChartValues;
  readonly annotations: Readonly<Record<string, string>>;
}

function albRoute(
  route: Route,
  index: number,
  service: RoutedService,
  traffic: Traffic,
  platform: Platform,
): AlbRoute {
  const { action, ...requests } = route;
  if (service.rollout === true && action.kind === "forward") {
    // Argo Rollouts writes the action of this name.
    return { path: pathOf(route, useAnnotation(service.name)), annotations: {} };
  }
  const conditions = conditionsOf(route);
  const backends =
    action.kind === "redirect" ? [] : backendsOf({ ...requests, action }, service, traffic, platform);
  const [only] = backends;
  if (only !== undefined && backends.length === 1 && conditions.length === 0) {
    return {
      path: pathOf(route, { name: backendServiceName(only), port: { number: only.port } }),
      annotations: {},
    };
  }
  const name = `route-${index + 1}`;
  const taken = action.kind === "redirect" ? redirecting(action) : forwarding(backends);
  return {
    path: pathOf(route, useAnnotation(name)),
    annotations: {
      [`actions.${name}`]: JSON.stringify(taken),
      ...(conditions.length > 0 && { [`conditions.${name}`]: JSON.stringify(conditions) }),
    },
  };
}

/** The controller takes the action of this name from the annotations. */
const useAnnotation = (name: string): ChartValues => ({ name, port: { name: "use-annotation" } });

function pathOf(route: Route, service: ChartValues): ChartValues {
  return { ...ingressPath(route), backend: { service } };
}

function forwarding(backends: readonly ResolvedBackend[]): unknown {
  return {
    type: "forward",
    forwardConfig: {
      targetGroups: backends.map((each) => ({
        serviceName: backendServiceName(each),
        servicePort: each.port,
        ...(each.weight !== undefined && { weight: each.weight }),
      })),
    },
  };
}

function redirecting({ scheme, host, path, status }: Redirect): unknown {
  return {
    type: "redirect",
    redirectConfig: {
      ...(scheme !== undefined && { protocol: scheme.toUpperCase(), port: "443" }),
      ...(host !== undefined && { host }),
      ...(path !== undefined && { path }),
      statusCode: `HTTP_${status}`,
    },
  };
}

/** A load balancer compares texts, in which * and ? stand for anything; checks let only whole texts through. */
function conditionsOf({ headers, method }: Route): unknown[] {
  return [
    ...(method === undefined
      ? []
      : [{ field: "http-request-method", httpRequestMethodConfig: { values: [method] } }]),
    ...Object.entries(headers).map(([httpHeaderName, match]) => ({
      field: "http-header",
      httpHeaderConfig: { httpHeaderName, values: [match.value] },
    })),
  ];
}

function annotated(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${PREFIX}/${key}`, value]));
}
