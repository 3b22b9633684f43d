import type { Verdict } from "../hop";
import type { HttpRequest } from "../policy/http";
import type { MeshPods } from "../mesh/workloads";

export const needKinds = [
  "webhook",
  "probe",
  "DNS",
  "API server",
  "Pod Identity",
  "metrics",
  "telemetry",
  "mesh",
  "gateway",
  "load balancer",
  "between nodes",
  "between parts",
  "kubelet",
  "AWS",
  "images",
  "outside",
  "declared call",
] as const;

export type NeedKind = (typeof needKinds)[number];

/** One end of a need, before it is known which addresses it has. */
export type NeedEnd =
  /** `byHand`: a team makes them without a manifest here, and a Service before them. */
  | { readonly kind: "pods"; readonly pods: MeshPods; readonly byHand?: true }
  /** Interfaces of the control plane in the VPC. */
  | { readonly kind: "api-server" }
  /** The kubelet of the node that the other end is on. */
  | { readonly kind: "kubelet" }
  /** The EKS Pod Identity agent of the pod's own node. */
  | { readonly kind: "pod-identity-agent" }
  /** Any node, by its own address; of one group or pool, where it is said. */
  | { readonly kind: "nodes"; readonly group?: string }
  /** What a VPC answers with at an address of its own. */
  | { readonly kind: "vpc-service"; readonly service: "resolver" | "imds" | "time" }
  /** Interfaces of an endpoint, by its service: `ecr.api`. */
  | { readonly kind: "endpoint"; readonly service: string }
  /** Interfaces of the resolver, for names of other networks or for theirs. */
  | { readonly kind: "resolver-endpoint"; readonly direction: "inbound" | "outbound" }
  /** The proxy that nodes' user data names. */
  | { readonly kind: "proxy" }
  | { readonly kind: "load-balancer"; readonly scheme: "public" | "internal" }
  /** Interfaces of a target that this one is connected with. */
  | {
      readonly kind: "peer";
      readonly target: string;
      readonly range: string;
      /** `network`: its internal load balancers, and whoever answers behind them. */
      readonly at: "nodes" | "API server" | "network";
    }
  | { readonly kind: "range"; readonly range: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "internet" };

/** Of a need that no port is found for. */
export const NO_PORT = 0;

/** A flow that something has to have, or nothing works. */
export interface Need {
  readonly kind: NeedKind;
  readonly from: NeedEnd;
  readonly to: NeedEnd;
  /** Of the pods or the server that is called, not of a Service; `NO_PORT`: there is none. */
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  /** Requests of HTTP, where the flow is of them: all have to pass. */
  readonly requests?: readonly HttpRequest[];
  /** The sender's sidecar calls by itself: no rule of the mesh for its pod's calls holds (its user 1337 passes istio-iptables by). */
  readonly byProxy?: true;
  /** Whether one way is enough: who may call at all is asked, and not who always can. */
  readonly byAnyWay?: true;
  /** A load balancer's targets are nodes: it calls a port of theirs (NodePort), and the node the pods. */
  readonly byNodes?: true;
  /** Ranges of clients whose addresses a load balancer keeps: network ACLs of its targets see these. */
  readonly clients?: readonly string[];
  /** What of its way nobody can read from the stacks: it is undecided at best. */
  readonly unknown?: string;
  /** Whoever calls goes by an object that leads to no port: what the object is, and what it lacks. */
  readonly unmatched?: { readonly verdict: Verdict; readonly object: string; readonly says: string };
  /** What it is for: `cert-manager's webhook is asked`. */
  readonly why: string;
  /** Who says so: a page, a file of upstream, or the object that declares it. */
  readonly source: string;
  /** What becomes of it without, where something does: then it is not a fault. */
  readonly without?: string;
  /** Path of the setting that declares it, dotted. */
  readonly setting?: string;
}

const VPC_SERVICES = { resolver: "VPC resolver", imds: "instance metadata", time: "time service" } as const;

/** As a reader names it: `payments/orders`, `API server`, `sqs.us-east-1.amazonaws.com`. */
export function endName(end: NeedEnd): string {
  switch (end.kind) {
    case "pods":
      return end.pods.name;
    case "api-server":
      return "API server";
    case "kubelet":
      return "kubelet";
    case "pod-identity-agent":
      return "Pod Identity agent";
    case "nodes":
      return end.group === undefined ? "nodes" : `nodes of ${end.group}`;
    case "vpc-service":
      return VPC_SERVICES[end.service];
    case "endpoint":
      return `endpoint of ${end.service}`;
    case "resolver-endpoint":
      return `${end.direction} resolver endpoint`;
    case "proxy":
      return "proxy";
    case "load-balancer":
      return `${end.scheme} load balancers`;
    case "peer":
      return end.at === "network" ? end.range : `${end.at} of ${end.target}`;
    case "range":
      return end.range;
    case "name":
      return end.name;
    case "internet":
      return "internet";
  }
}

/** `payments/orders to payments/ledger, TCP 50051` */
export function needName({ from, to, port, protocol }: Need): string {
  return `${endName(from)} to ${endName(to)}, ${portText(protocol, port)}`;
}

/** `TCP 443`, or that there is none. */
export function portText(protocol: string, port: number): string {
  return port === NO_PORT ? "no port" : `${protocol} ${port}`;
}
