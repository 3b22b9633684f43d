import type { Cidr } from "../ip-capacity/cidr";
import { allowName } from "./namespaces";
import type { AllowConfig } from "../config/schema/allow";
import type { CallerConfig, DependencyConfig } from "../config/schema/workloads/dependencies";
import type { TargetConfig } from "../config/schema/target";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import { istioOf } from "./mesh";
import { peerPorts, podPorts, workloadsOf } from "./workloads";

/** Pods at one end of a call. */
export interface CallPods {
  readonly kind: "pods";
  readonly namespace: string;
  /** Labels that they have; absent: see `workload`, or all of the namespace. */
  readonly pods?: Readonly<Record<string, string>>;
  /** The service of `workloads` that they are. */
  readonly workload?: string;
  /** A peer in Cilium's mesh that they run in; absent: the target itself. */
  readonly target?: string;
}

/** Who calls or is called. */
export type CallEnd =
  | CallPods
  | { readonly kind: "range"; readonly cidr: Cidr }
  /** DNS name, `*.` in front for all of its names. */
  | { readonly kind: "name"; readonly fqdn: string }
  | { readonly kind: "load-balancer"; readonly scheme: "public" | "internal" };

export interface CallPort {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/** An end of a call; a declaration by one end alone is of use with the other's. */
export type CallSide = "caller" | "called";

/** The key that declares a call: `namespaces.<namespace>.allow`, a key of `workloads.<workload>`, or `mesh.allow.<rule>`. */
export type Declaration =
  | { readonly by: "namespace"; readonly namespace: string; readonly rule: string; readonly side: CallSide }
  | { readonly by: "workload"; readonly workload: string }
  | { readonly by: "mesh"; readonly rule: string };

/** A call that a target declares. Network policies, rules and scope of the mesh, and what leaves it, all read this list. */
export interface DeclaredCall {
  readonly declared: Declaration;
  readonly caller: CallEnd;
  readonly called: CallEnd;
  /** Ports of the pods or the server that are called; none: all. */
  readonly ports: readonly CallPort[];
  /** Only these requests. */
  readonly http?: AllowConfig["http"];
}

type Declaring = Pick<TargetConfig, "mesh" | "namespaces" | "workloads">;

/** Every call that a target declares, by whatever key. What both ends declare is there twice. */
export function declaredCalls(config: Declaring): DeclaredCall[] {
  return [
    ...Object.entries(config.namespaces).flatMap(([name, { allow }]) =>
      allow.map((each) => namespaceCall(name, each)),
    ),
    ...Object.entries(workloadsOf(config)).flatMap(([name, workload]) =>
      workloadCalls(name, workload, config),
    ),
    ...Object.entries(istioOf(config.mesh)?.allow ?? {}).flatMap(([rule, { namespace, from, ports }]) =>
      from.map((each) => ({
        declared: { by: "mesh" as const, rule },
        caller: { kind: "pods" as const, namespace: each },
        called: { kind: "pods" as const, namespace },
        ports: ports.map(tcp),
      })),
    ),
  ];
}

function namespaceCall(namespace: string, allow: AllowConfig): DeclaredCall {
  const { to, from, pods, http } = allow;
  const own: CallPods = { kind: "pods", namespace, ...(pods && { pods }) };
  const peer = to ?? from;
  if (peer === undefined) throw new Error(`an allow of ${namespace} has neither to nor from`);
  const { port, protocol } = peer;
  return {
    declared: { by: "namespace", namespace, rule: allowName(allow), side: to ? "caller" : "called" },
    ...(to ? { caller: own, called: endOf(to) } : { caller: endOf(peer), called: own }),
    ports: [{ port, protocol }],
    ...(http && { http }),
  };
}

function workloadCalls(name: string, workload: WorkloadConfig, config: Declaring): DeclaredCall[] {
  const { namespace } = workload;
  const declared: Declaration = { by: "workload", workload: name };
  const own: CallPods = { kind: "pods", namespace, workload: name };
  const peers = peerPorts(workload);
  return [
    ...workload.dependencies
      .flatMap((each) => dependencyCall(each, config))
      .map((call) => ({
        declared,
        caller: own,
        ...call,
      })),
    ...workload.callers.map((each) => ({
      declared,
      caller: endOf(each),
      called: own,
      ports: podPorts(workload, each.ports).map(tcp),
    })),
    ...(peers.length > 0 ? [{ declared, caller: own, called: own, ports: peers.map(tcp) }] : []),
  ];
}

function dependencyCall(
  { workload, ports, port, protocol, ...peer }: DependencyConfig,
  config: Declaring,
): Pick<DeclaredCall, "called" | "ports">[] {
  if (workload === undefined)
    return port === undefined ? [] : [{ called: endOf(peer), ports: [{ port, protocol }] }];
  const service = workloadsOf(config)[workload];
  if (service === undefined) return [];
  const { namespace } = service;
  return [{ called: { kind: "pods", namespace, workload }, ports: podPorts(service, ports).map(tcp) }];
}

type Peer = Partial<
  Pick<DependencyConfig, "cidr" | "fqdn" | "namespace" | "pods" | "target"> &
    Pick<CallerConfig, "loadBalancer">
>;

function endOf({ cidr, fqdn, loadBalancer, namespace = "", pods, target }: Peer): CallEnd {
  if (cidr !== undefined) return { kind: "range", cidr };
  if (fqdn !== undefined) return { kind: "name", fqdn };
  if (loadBalancer !== undefined) return { kind: "load-balancer", scheme: loadBalancer };
  return { kind: "pods", namespace, ...(pods && { pods }), ...(target !== undefined && { target }) };
}

const tcp = (port: number): CallPort => ({ port, protocol: "TCP" });
