import type { Labels } from "../../policies/labels";
import type { CanaryStep } from "../canary";
import type { WorkloadPort } from "../workload";

/** A service as routing sees it. */
export interface RoutedService {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly WorkloadPort[];
  /** Labels that select its pods. */
  readonly selector: Labels;
  /** Argo Rollouts releases it: it moves the weights of stable and canary. @default false */
  readonly rollout?: boolean;
  /** Its pods have an identity in the mesh, where there is one. @default true */
  readonly inMesh?: boolean;
  /** Seconds that its pods go on serving after their deletion; left out: nobody told. */
  readonly drainSeconds?: number;
}

/** A text that a header must be, start with, or match (RE2). */
export type HeaderMatch =
  string | { readonly exact: string } | { readonly prefix: string } | { readonly regex: string };

/** Where requests go. */
export interface Backend {
  /** Left out: the service itself. */
  readonly service?: string;
  /** Left out: the namespace of the service that routes. */
  readonly namespace?: string;
  /** Port of the Service; left out: the first that speaks the route's protocol. */
  readonly port?: number;
  /** One of the backend's versions. */
  readonly subset?: string;
  /** Share of requests; all of a route add up to 100. */
  readonly weight?: number;
}

export interface Retries {
  readonly attempts: number;
  readonly perTryTimeout?: string;
  readonly on: readonly ("5xx" | "gateway-error" | "connect-failure" | "reset" | "refused-stream")[];
}

export interface Redirect {
  readonly scheme?: "https";
  readonly host?: string;
  readonly path?: string;
  readonly status: 301 | 302;
}

/** What requests it is for, and what becomes of them. */
export interface Route {
  /** Start of the path, by whole segments. */
  readonly prefix?: string;
  /** The whole path. */
  readonly path?: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, HeaderMatch>>;
  readonly grpc?: { readonly service: string; readonly method?: string };
  /** Empty: the service itself, by its split. */
  readonly to: readonly Backend[];
  readonly redirect?: Redirect;
  /** What the matched prefix becomes. */
  readonly rewrite?: string;
  readonly timeout?: string;
  readonly retries?: Retries;
}

/** How callers use the pods of a service. Istio's proxies do it. */
export interface DestinationPolicy {
  readonly connections?: {
    readonly max?: number;
    readonly connectTimeout?: string;
    readonly pendingRequests?: number;
    readonly requests?: number;
    readonly requestsPerConnection?: number;
    readonly idleTimeout?: string;
  };
  readonly outliers?: {
    readonly consecutive5xxErrors: number;
    readonly interval: string;
    readonly baseEjectionTime: string;
    /** Left out: 10, and 100 in a mesh of several clusters. */
    readonly maxEjectionPercent?: number;
  };
  readonly locality?: {
    readonly failover: Readonly<Record<string, string>>;
    readonly distribute: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

/** What only an Ingress has. */
export interface IngressOptions {
  readonly class: "alb" | "alb-public" | "nginx";
  readonly group?: string;
  readonly certificateArns: readonly string[];
  readonly idleTimeoutSeconds?: number;
  readonly healthCheck: {
    readonly path?: string;
    readonly intervalSeconds: number;
    readonly successCodes?: string;
  };
  readonly tlsSecret?: string;
  readonly maxBodySize?: string;
}

/** How callers reach a service. */
export interface Traffic {
  readonly hosts: readonly string[];
  /** One of the platform's gateways. */
  readonly gateway?: string;
  /** Routes hold for callers in the cluster too. */
  readonly inCluster?: boolean;
  /** In any order: the most specific that fits is taken. Empty: one for all requests. */
  readonly routes: readonly Route[];
  readonly subsets: Readonly<Record<string, Labels>>;
  /** Share of each subset, of 100. */
  readonly split?: Readonly<Record<string, number>>;
  readonly canary?: { readonly steps: readonly CanaryStep[] };
  readonly destination?: DestinationPolicy;
  readonly ingress?: IngressOptions;
}

export type TrafficApi = "istio" | "gateway-api" | "alb-ingress";
export type GatewayImplementation = "istio" | "cilium" | "aws";

/** A way into the cluster that services share. */
export interface PlatformGateway {
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Namespaces whose services it leads to. */
  readonly namespaces: readonly string[];
  /** Left out: plain HTTP. */
  readonly tls?: { readonly secret: string; readonly certManager: boolean };
  readonly scheme: "internal" | "public";
}

/** What the target has for routing. */
export interface TrafficPlatform {
  readonly api: TrafficApi;
  /** With api gateway-api: who carries it out. */
  readonly implementation?: GatewayImplementation;
  readonly gateways: Readonly<Record<string, PlatformGateway>>;
  /** Left out: no Istio. */
  readonly mesh?: {
    readonly dataPlane: "sidecar" | "ambient";
    readonly trustDomain: string;
    readonly defaultDeny: boolean;
    /** Other clusters are in the mesh. */
    readonly peers: boolean;
  };
  /** `instance` where load balancers don't reach pod addresses. */
  readonly targetType: "ip" | "instance";
  /** ACM certificates that the ingress classes have. */
  readonly certificateArns: readonly string[];
  /** All services of the target, to look backends up in. */
  readonly services: readonly RoutedService[];
}
