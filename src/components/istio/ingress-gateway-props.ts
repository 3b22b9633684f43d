import type { ReplicaRange } from "./istio-values";

/** An ingress gateway, and the load balancer in front of it. */
export interface IngressGatewayProps {
  /** Of release, Service and service account. */
  readonly name: string;
  readonly replicas: ReplicaRange;
  readonly scheme: "internal" | "public";
  readonly front: NetworkLoadBalancer | ApplicationLoadBalancer;
  /** IPv4 ranges that may call the load balancer. @default all that reach it */
  readonly callers?: readonly string[];
  /** Names that it answers to. */
  readonly hosts: readonly string[];
}

/** Made of the gateway's Service. */
export interface NetworkLoadBalancer {
  readonly kind: "nlb";
  /** What the gateway knows of callers. */
  readonly clientAddress: "load-balancer" | "proxy-protocol";
  /** Whether it gets records for the hosts by the Service. */
  readonly hasRecords: boolean;
  /** Its subnets; left out: the controller finds them by their tags when it makes it. */
  readonly subnetIds?: readonly string[];
}

/** Made of an Ingress before the gateway, whose rules are the hosts. */
export interface ApplicationLoadBalancer {
  readonly kind: "alb";
  /** Whether the gateway speaks TLS. */
  readonly encrypted: boolean;
}
