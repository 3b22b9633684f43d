import type { Labels, PodSelector } from "./labels";

/** What judges traffic: the API of Kubernetes alone, or Cilium with its own policies beside it. */
export type Enforcer = "kubernetes" | "cilium";

/** Who is at the other end. `fqdn` and `entity` exist in Cilium only. */
export type FlowPeer =
  | {
      readonly kind: "pods";
      readonly namespace: string;
      readonly labels?: Labels;
      /** Another cluster of Cilium's mesh, by Cilium's name of it. Cilium only. */
      readonly cluster?: string;
    }
  | { readonly kind: "cidr"; readonly cidr: string; readonly except?: readonly string[] }
  /** A DNS name, or a pattern with `*`. */
  | { readonly kind: "fqdn"; readonly name: string }
  | { readonly kind: "entity"; readonly entity: "host" | "ingress" | "kube-apiserver" | "world" };

export interface FlowPort {
  /** 1 to 65535. */
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/** Requests that pass, as regular expressions over the whole method and the path, with a query string or without. */
export interface HttpRule {
  readonly method?: string;
  readonly path?: string;
}

/** Which ports traffic may have. An empty list means no port: nothing passes. */
export type FlowPorts = "all" | readonly FlowPort[];

/** Traffic that is allowed, from the view of the selected pods. */
export interface Flow {
  readonly direction: "ingress" | "egress";
  readonly peers: readonly FlowPeer[];
  readonly ports: FlowPorts;
  /** Only these requests. Cilium only. */
  readonly http?: readonly HttpRule[];
  /** Lookups go through Cilium's DNS proxy, which learns the addresses behind names: what `fqdn` peers live on. */
  readonly dnsProxy?: boolean;
}

/** One policy: what the selected pods of a namespace may do. */
export interface FlowPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly pods: PodSelector;
  readonly flows: readonly Flow[];
}

export const tcp = (...ports: readonly number[]): FlowPort[] =>
  ports.map((port) => ({ port, protocol: "TCP" }));

/** Whether only Cilium's own policies can say it. */
export function needsCilium({ peers, http, dnsProxy }: Flow): boolean {
  const isOwnKind = (peer: FlowPeer) =>
    peer.kind === "fqdn" || peer.kind === "entity" || (peer.kind === "pods" && peer.cluster !== undefined);
  return http !== undefined || dnsProxy === true || peers.some(isOwnKind);
}
