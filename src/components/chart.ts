import type { Value } from "../values/value";
import type { ChartWork } from "./chart-work";

/** What one container of a chart asks for, and the memory at which it is stopped. No limit of CPU: it only slows down. */
export interface ContainerRequests {
  /** Where the chart has its resources. */
  readonly path: readonly string[];
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly memoryLimitMiB: number;
}

/** Where a chart takes the proxy by which its containers call out of the VPC. */
export type ProxyPlace =
  /** As `env` of a container: a list of names and values, or a map. */
  | { readonly kind: "list" | "map"; readonly path: string; readonly noProxy?: readonly string[] }
  /** By keys of the chart's own, in the map at `path`. */
  | { readonly kind: "keys"; readonly path: string; readonly keys: Readonly<Record<string, ProxyPart>> };
export type ProxyPart = "httpProxy" | "httpsProxy" | "noProxy";

/** A value of a chart that turns off something that protects. */
export interface Protection {
  readonly path: readonly string[];
  readonly isOff: (value: Value) => boolean;
  /** What it turns off, in a sentence. */
  readonly protects: string;
}

/** What is known of a chart at the versions of src/releases. */
export interface ChartFacts {
  /** `https://…` or `oci://…`, without the chart's name. */
  readonly repository: string;
  /** What its repository calls it. */
  readonly name: string;
  /**
   * Each container that it can render with our values, found by rendering all of them (octarine render). Without requests nothing
   * can be placed, an autoscaler has nothing to measure by, and a pod of class system-cluster-critical is the first that a
   * full node stops. Figures are the chart's own where it suggests any (values.yaml at the pinned version), else estimates for
   * some tens of nodes; what grows with the cluster has a limit well above. Where a figure depends on the target, its module
   * lays its own on top. Left out: nobody installs it.
   */
  readonly requests?: readonly ContainerRequests[];
  /**
   * How it calls out of the VPC by a proxy, or why it need not. What calls out: Let's Encrypt, Route 53, services of AWS without an
   * endpoint in the VPC, git and chart repositories, single sign-on, metrics' providers.
   */
  readonly callsOut: readonly ProxyPlace[] | { readonly no: string };
  /** What rules look for in anybody's release of it, those of a plan too. */
  readonly protections?: readonly Protection[];
  /** Versions at which its pods were rendered for what \`pods\` says of them (tools/chart-pods). Left out: it makes none, or none is known. */
  readonly podsReadAt?: readonly string[];
  /** Namespaces that it makes, with the labels that Pod Security goes by, by the name of the namespace. */
  readonly namespaces?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Stands for the name of a release in what its chart makes. */
export const RELEASE = "{release}";

/** Pods of a chart or an add-on as it renders them, as far as policies select by it and others call them. */
export interface ChartPods {
  /** Name of the chart or the add-on. */
  readonly of: string;
  /** Name of the workload, where that is not the key. */
  readonly name?: string;
  /** Where that is not the namespace of the release, or kube-system for an add-on. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Value with labels of a release's own. */
  readonly labelsIn?: string;
  /** Of the pods, those that decide how they are treated. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Value with another name of it. */
  readonly serviceAccountIn?: string;
  /** Ports that monitors of charts read, by name. */
  readonly scraped?: readonly string[];
  /** TCP, by name. */
  readonly ports?: Readonly<Record<string, number>>;
  /** On the network of its node: always, or where this value is true. */
  readonly hostNetwork?: true | string;
  /** Address that it listens on there, where that is not the node's. */
  readonly address?: string;
  /** Value that has to be true for there to be any. */
  readonly with?: string;
  /** Value that must not be false. */
  readonly without?: string;
  /** It calls neither the API server nor anybody else by itself. */
  readonly quiet?: true;
  /** Which of the component's `called` it is. */
  readonly called?: string;
  /** It reads what monitors select. */
  readonly readsMonitors?: true;
  /** It answers lookups of pods. */
  readonly answersLookups?: true;
  /** What makes them, and what the API server's admission looks at. Left out: not known. */
  readonly work?: ChartWork;
}

/** Requests of the container whose resources are at `path`. */
export function asks(
  path: string,
  cpuMillicores: number,
  memoryMiB: number,
  memoryLimitMiB: number,
): ContainerRequests {
  return { path: path.split("/"), cpuMillicores, memoryMiB, memoryLimitMiB };
}

/** As Kubernetes writes them. */
export function resourcesOf({ cpuMillicores, memoryMiB, memoryLimitMiB }: Omit<ContainerRequests, "path">): {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
} {
  return {
    requests: { cpu: `${cpuMillicores}m`, memory: `${memoryMiB}Mi` },
    limits: { memory: `${memoryLimitMiB}Mi` },
  };
}

export const IN_CLUSTER = { no: "calls nothing outside of the cluster" } as const;
export const BY_ENDPOINT = { no: "calls AWS services that have an endpoint in the VPC" } as const;
export const NO_PODS = { no: "has no pods" } as const;

export const env = (path: string, noProxy?: readonly string[]): ProxyPlace => ({
  kind: "list",
  path,
  ...(noProxy && { noProxy }),
});
export const envMap = (path: string, noProxy?: readonly string[]): ProxyPlace => ({
  kind: "map",
  path,
  ...(noProxy && { noProxy }),
});
