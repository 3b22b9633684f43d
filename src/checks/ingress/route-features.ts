import { isGrpcRoute } from "../../facts/grpc-routes";
import { routesOf } from "../../model/service-traffic";
import { gatewayImplementation } from "../../model/traffic";
import type { ServiceTraffic } from "../../config/schema/workloads/traffic";
import { strangersMeet } from "../../model/workloads";
import type { Finding } from "../finding";
import type { RoutedWorkload } from "./routed-workload";

type Route = ServiceTraffic["routes"][number];
type Api = "istio" | "gateway-api" | "alb" | "nginx";

/** What an API of the others can't do of a route, and why. */
interface Limit {
  readonly of: readonly Api[];
  readonly key: keyof Route;
  /** Only for these routes. Left out: for all that have the key. */
  readonly when?: (route: Route, grpc: boolean) => boolean;
  readonly message: string;
}

const pattern = ({ headers }: Route): boolean =>
  Object.values(headers).some((match) => typeof match !== "string" && !("exact" in match));
const wildcard = ({ headers }: Route): boolean =>
  Object.values(headers).some((match) =>
    /[*?]/.test(typeof match === "string" ? match : JSON.stringify(match)),
  );
const whenGrpc = (_route: Route, grpc: boolean): boolean => grpc;
const hasHeaders = ({ headers }: Route): boolean => Object.keys(headers).length > 0;

const limits: readonly Limit[] = [
  {
    of: ["gateway-api"],
    key: "retries",
    message:
      "are experimental in the Gateway API, and not all implementations support them; write traffic.api: istio, or remove it",
  },
  {
    of: ["alb", "nginx"],
    key: "retries",
    message: "can't be expressed by an Ingress; write traffic.api: istio, or remove it",
  },
  {
    of: ["gateway-api"],
    key: "timeout",
    when: whenGrpc,
    message: "does not exist in a GRPCRoute, where callers set deadlines; remove it",
  },
  {
    of: ["alb", "nginx"],
    key: "timeout",
    message:
      "can't be expressed by an Ingress; write traffic.ingress.idleTimeoutSeconds, or another traffic.api",
  },
  {
    of: ["alb", "nginx"],
    key: "rewrite",
    message: "is not supported here for an Ingress; serve the path as it is, or write another traffic.api",
  },
  {
    of: ["nginx"],
    key: "redirect",
    message: "is not supported for class nginx, which is retired; write class alb",
  },
  {
    of: ["nginx"],
    key: "method",
    message: "is not supported for class nginx, which is retired; write class alb",
  },
  {
    of: ["nginx"],
    key: "headers",
    when: hasHeaders,
    message: "are not supported for class nginx, which is retired; write class alb",
  },
  {
    of: ["nginx"],
    key: "to",
    when: ({ to }) => to.length > 1 || to.some(({ subset }) => subset !== undefined),
    message:
      "has shares or a version, which are not supported for class nginx, which is retired; write class alb",
  },
  {
    of: ["alb"],
    key: "headers",
    when: pattern,
    message:
      "have a prefix or a regex, and an ALB compares whole values; write { exact }, or another traffic.api",
  },
  {
    of: ["alb"],
    key: "headers",
    when: wildcard,
    message: "have * or ?, which an ALB reads as wildcards; write another value",
  },
  ...(["prefix", "path", "method", "redirect"] as const).map((key) => ({
    of: ["gateway-api" as const],
    key,
    when: whenGrpc,
    message:
      "does not exist in a GRPCRoute, and the port speaks gRPC; write grpc: { service, method }, or protocol: http",
  })),
];

/** What the API of the target can't do. */
export function routeFeatureFindings(routed: RoutedWorkload): Finding[] {
  const { workload, traffic, target } = routed;
  const api = apiOf(routed);
  const own = { name: routed.name, namespace: workload.namespace, ports: Object.values(workload.ports) };
  const grpc = routesOf(routed.name, workload, traffic).map((route) => isGrpcRoute(route, own));
  const single = traffic.routes.flatMap((route, index) =>
    limits
      .filter(
        ({ of, key, when }) =>
          of.includes(api) && route[key] !== undefined && (when?.(route, grpc[index] ?? false) ?? true),
      )
      .map(({ key, message }) => ({ path: ["routes", index, key], message })),
  );
  return [
    ...single,
    ...mixFindings(api, grpc, traffic),
    ...splitFindings(api, traffic),
    ...rolloutFindings(api, routed),
    ...meshFindings(api, routed, gatewayImplementation(target.config.traffic)),
  ];
}

function apiOf({ traffic, target: { config } }: RoutedWorkload): Api {
  const api = config.traffic?.api ?? "istio";
  if (api !== "alb-ingress") return api;
  return traffic.ingress?.class === "nginx" ? "nginx" : "alb";
}

/** A host name is of one kind of route, and an ALB's targets speak one protocol. */
function mixFindings(api: Api, grpc: readonly boolean[], traffic: ServiceTraffic): Finding[] {
  if (!(grpc.includes(true) && grpc.includes(false))) return [];
  if (api === "gateway-api" && traffic.gateway !== undefined) {
    const message =
      "have HTTP and gRPC under the same names, and the Gateway API gives a host name to one kind of route; make two services, each with its hosts";
    return [{ path: ["routes"], message }];
  }
  if (api !== "alb" && api !== "nginx") return [];
  return [
    {
      path: ["routes"],
      message: "have HTTP and gRPC, and an Ingress speaks one of them to its pods; make two services",
    },
  ];
}

/** ingress-nginx would send all requests to the service, whatever its versions' shares. */
function splitFindings(api: Api, { split }: ServiceTraffic): Finding[] {
  if (api !== "nginx" || split === undefined) return [];
  return [
    { path: ["split"], message: "is not supported for class nginx, which is retired; write class alb" },
  ];
}

function rolloutFindings(api: Api, { workload, traffic }: RoutedWorkload): Finding[] {
  if (workload.controller !== "rollout") return [];
  if (api === "nginx")
    return [
      {
        path: ["ingress", "class"],
        message: "is retired, and rollouts are not supported for it; write class alb",
      },
    ];
  if (api !== "alb") return [];
  return traffic.routes.flatMap((route, index) => {
    const special = hasHeaders(route) || route.method !== undefined || route.to.length > 0;
    if (!special) return [];
    const message =
      "has headers, method or to, and Argo Rollouts writes one action for a whole Ingress; write only paths";
    return [{ path: ["routes", index], message }];
  });
}

/** Pods of a mesh may refuse who comes from outside of it. */
function meshFindings(
  api: Api,
  { workload, target: { config } }: RoutedWorkload,
  implementation: string | undefined,
): Finding[] {
  const outside = api === "alb" || api === "nginx" || implementation === "cilium" || implementation === "aws";
  const why = strangersMeet(workload.namespace, config);
  if (!outside || why === undefined) return [];
  const who = implementation === "cilium" ? "Cilium's gateway" : "the load balancer";
  const message = `are in the mesh, which ${why}, and ${who} has no identity in it; write traffic.api: istio, or take namespace ${workload.namespace} out of the mesh`;
  return [{ path: [], message: `leads to pods that ${message}`, related: [["mesh"]] }];
}
