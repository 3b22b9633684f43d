import type { ReplicaRange } from "./istio-values";

/** An ingress gateway, and the load balancer in front of it. */
export interface IngressGatewayProps {
  /** Of release, Service and service account. */
  readonly name: string;
  readonly replicas: ReplicaRange;
  readonly scheme: "internal" | "public";
  readonly loadBalancer: "nlb" | "alb";
  /** IPv4 ranges that may call the load balancer. @default all that reach it */
  readonly callers?: readonly string[];
  /** What the gateway knows of callers behind an NLB. */
  readonly clientAddress: "load-balancer" | "proxy-protocol";
  /** Names that it answers to: those of the ALB's rules. */
  readonly hosts: readonly string[];
  /** Whether the load balancer gets records for them by its Service. */
  readonly hasRecords: boolean;
  /** Whether the gateway speaks TLS. */
  readonly encrypted: boolean;
  /** Subnets of the load balancer; left out: the controller finds them by their tags when it makes it. */
  readonly subnetIds?: readonly string[];
}
