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

/** Which paths a route is for. */
export type PathMatch =
  | { readonly kind: "any" }
  /** By whole segments. */
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "grpc-service"; readonly service: string }
  | { readonly kind: "grpc-method"; readonly service: string; readonly method: string };

/** What a header must be, start with, or match (RE2). */
export interface HeaderMatch {
  readonly kind: "exact" | "prefix" | "regex";
  readonly value: string;
}

/** Where requests go. */
export interface Backend {
  readonly service: string;
  readonly namespace: string;
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

/** Requests that services answer. */
export interface Forward {
  readonly kind: "forward";
  /** Never empty. */
  readonly to: readonly Backend[];
  /** What a prefix becomes on its way. */
  readonly rewrite?: { readonly prefix: string; readonly to: string };
  readonly timeout?: string;
  readonly retries?: Retries;
}

/** What requests it is for, and what becomes of them. */
export interface Route {
  readonly match: PathMatch;
  /** HTTP method; left out: any. */
  readonly method?: string;
  readonly headers: Readonly<Record<string, HeaderMatch>>;
  readonly action: Forward | ({ readonly kind: "redirect" } & Redirect);
}

/** A route whose requests services answer. */
export type ForwardingRoute = Route & { readonly action: Forward };

/** Where calls go when the pods nearby don't answer, or before: regions by the caller's region. */
export type Locality =
  | { readonly kind: "nearest" }
  | { readonly kind: "failover"; readonly regions: Readonly<Record<string, string>> }
  | {
      readonly kind: "distribute";
      /** In percent. */
      readonly shares: Readonly<Record<string, Readonly<Record<string, number>>>>;
    };

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
  /** Left out: calls go to all pods alike. */
  readonly locality?: Locality;
}

/** What only the Ingress of an Application Load Balancer has. */
export interface AlbOptions {
  readonly kind: "alb";
  readonly scheme: "internal" | "public";
  /** Services with one group share a load balancer. Left out: one of its own. */
  readonly group?: string;
  readonly certificateArns: readonly string[];
  readonly idleTimeoutSeconds?: number;
  readonly healthCheck: {
    readonly path?: string;
    readonly intervalSeconds: number;
    readonly successCodes?: string;
  };
}

/** What only the Ingress of ingress-nginx has. */
export interface NginxOptions {
  readonly kind: "nginx";
  readonly tlsSecret?: string;
  readonly maxBodySize?: string;
}

/** How callers reach a service. */
export interface Traffic {
  readonly hosts: readonly string[];
  /** One of the platform's gateways. */
  readonly gateway?: string;
  /** Routes hold for callers in the cluster too. */
  readonly inCluster: boolean;
  /** In any order: the most specific that fits is taken. Never empty. */
  readonly routes: readonly Route[];
  readonly subsets: Readonly<Record<string, Labels>>;
  /** Share of each subset, of 100. */
  readonly split?: Readonly<Record<string, number>>;
  readonly canary?: { readonly steps: readonly CanaryStep[] };
  readonly destination?: DestinationPolicy;
  readonly ingress: AlbOptions | NginxOptions;
  /** What each pod takes. */
  readonly rateLimit?: RateLimit;
}

/** Requests that the sidecar of each pod lets through. */
export interface RateLimit {
  readonly requests: number;
  readonly per: string;
  /** @default requests */
  readonly burst?: number;
}

export type TrafficApi = "istio" | "gateway-api" | "alb-ingress";
export type GatewayImplementation = "istio" | "cilium" | "aws";

/** How a gateway does TLS. */
export type GatewayTls =
  | { readonly kind: "secret"; readonly secret: string; readonly certManager: boolean }
  /** Passed on as it is, by server names. */
  | { readonly kind: "passthrough" };

/** A way into the cluster that services share. */
export interface PlatformGateway {
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Namespaces whose services it leads to. */
  readonly namespaces: readonly string[];
  /** Left out: plain HTTP, or an ALB's certificates of ACM. */
  readonly tls?: GatewayTls;
  readonly scheme: "internal" | "public";
  /** With Istio: its ingress gateway that carries this one out. @default that of mesh.ingressGateway */
  readonly carrier?: GatewayCarrier;
}

/** An ingress gateway of Istio, by what is in front of it. */
export interface GatewayCarrier {
  /** Of its Service, and of its service account. */
  readonly name: string;
  /** An ALB opens connections to it, and they bear no server name. */
  readonly behindAlb: boolean;
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
