import type { Attributes, Value } from "../values/value";

/** Stands for the name of who calls in what a flow is for. */
export const FROM = "{from}";

/** An end of a flow as its component knows it, before anybody knows which pods and addresses there are. */
export type FlowEnd =
  /** Each node, by its own address. */
  | "nodes"
  | "API server"
  /** Each pod with a proxy of the mesh, which calls by itself. */
  | "proxies"
  /** By the name of the workload among the component's own, or with its namespace where a release or an object has named it. */
  | { readonly pods: string }
  | { readonly loadBalancer: "public" | "internal" }
  /** An address or a range, outside of what the stacks make. */
  | { readonly range: string }
  /** Of each cluster that is one mesh with this one. */
  | { readonly peer: "nodes" | "API server" | "network" };

/** A server by what calls it, which has the port as well. */
export type ServerEnd =
  /** Inside of the cluster, as it is called from a namespace: `otlp-collector.opentelemetry.svc:4317`. Where nobody answers there is no flow. */
  | { readonly address: string; readonly namespace: string }
  /** Outside: a URL, or `git@host:path`. */
  | { readonly server: string };

export type FlowKind =
  "load balancer" | "telemetry" | "mesh" | "between nodes" | "between parts" | "kubelet" | "outside";

interface FlowFacts {
  readonly kind: FlowKind;
  readonly from: FlowEnd;
  /** What it is for; FROM is who calls. */
  readonly why: string;
  /** A page, a file of upstream, or the object that asks for it. */
  readonly source: string;
}

/** A flow that a component has to have beyond what the other fields of its record say. */
export type Flow =
  | (FlowFacts & { readonly to: FlowEnd; readonly port: number; readonly protocol: "TCP" | "UDP" })
  | (FlowFacts & { readonly to: ServerEnd });

export interface Release {
  readonly namespace: string;
  readonly name: string;
  readonly values: Value;
}

/** What flows are read from: all that a target's stacks synthesize. */
export interface FlowSources {
  /** Releases of a chart, by its name behind the last slash. */
  readonly releases: (chart: string) => readonly Release[];
  /** Kubernetes objects of some kinds. */
  readonly objects: (...kinds: readonly string[]) => readonly Attributes[];
  /** Whose mesh it is that this cluster forms with others. */
  readonly sharedMesh: "istio" | "cilium" | undefined;
}

export type FlowsOf = (sources: FlowSources) => Flow[];

/** Port of kubelets: metrics, logs, exec. */
export const KUBELET_PORT = 10250;

/** What reads metrics of kubelets. */
export const readsKubelets =
  (pods: string): FlowsOf =>
  () => [
    {
      kind: "kubelet",
      from: { pods },
      to: "nodes",
      port: KUBELET_PORT,
      protocol: "TCP",
      why: `${FROM} reads metrics of kubelets`,
      source: "kubelet's /metrics at its secure port",
    },
  ];

/** Pods that a controller makes of an object. */
export interface MadePods {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** TCP, by name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly hostNetwork?: boolean;
}
