import type { ConfigPath } from "../config/read/source-node";
import type { AllowConfig } from "../config/schema/allow";
import type { CallPort, LoadBalancerPeer, NamePeer, NamespacePeer, RangePeer } from "../config/schema/peers";
import type { Dependency, PortNames } from "../config/schema/workloads/dependencies";
import type { TargetConfig } from "../config/schema/target";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import { allowName } from "./allow-names";
import { istioOf } from "./mesh";
import { peerPorts, podPorts, workloadsOf } from "./workloads";

/** Pods at one end of a flow. */
export interface FlowPods extends NamespacePeer {
  /** The service of `workloads` that they are; absent: whatever has the labels. */
  readonly workload?: string;
}

/** Who calls or is called. */
export type FlowEnd = FlowPods | RangePeer | NamePeer | LoadBalancerPeer;

/** An end that may be called. */
export type CalledEnd = Exclude<FlowEnd, LoadBalancerPeer>;

/** An end that may call. */
export type CallingEnd = Exclude<FlowEnd, NamePeer>;

/** Ports of the pods or the server that are called. An empty list means no port at all. */
export type FlowPorts = "all" | readonly CallPort[];

/** An end of a flow; a declaration by one end alone is of use with the other's. */
export type FlowSide = "caller" | "called";

/** The key that declares a flow. */
export type Declaration =
  /** `namespaces.<namespace>.allow[]`, by one end. */
  | {
      readonly by: "namespace";
      readonly namespace: string;
      /** What tells it from others of the namespace, for names of objects. */
      readonly rule: string;
      readonly side: FlowSide;
    }
  /** `workloads.<workload>`, by the key. */
  | {
      readonly by: "workload";
      readonly workload: string;
      readonly key: "dependencies" | "callers" | "peers";
    }
  /** `mesh.allow.<rule>`, for both ends. */
  | { readonly by: "mesh"; readonly rule: string };

/** Traffic that a target declares. Network policies, rules and scope of the mesh, and what leaves it, all read one list. */
export interface DeclaredFlow {
  readonly declared: Declaration;
  /** Where it is declared, for messages. */
  readonly path: ConfigPath;
  readonly caller: CallingEnd;
  readonly called: CalledEnd;
  readonly ports: FlowPorts;
  /** Only these requests. */
  readonly http?: AllowConfig["http"];
  /** Why, as the config says. */
  readonly reason?: string;
}

type Declaring = Pick<TargetConfig, "mesh" | "namespaces" | "workloads">;

const known = new WeakMap<Declaring, readonly DeclaredFlow[]>();

/** Every flow that a target declares, by whatever key. What both ends declare is there twice. Made once for a config. */
export function flowsOf(config: Declaring): readonly DeclaredFlow[] {
  const flows = known.get(config) ?? declaredFlows(config);
  known.set(config, flows);
  return flows;
}

function declaredFlows(config: Declaring): DeclaredFlow[] {
  return [
    ...Object.entries(config.namespaces).flatMap(([name, { allow }]) =>
      allow.map((each, index) => namespaceFlow(name, each, ["namespaces", name, "allow", index])),
    ),
    ...Object.entries(workloadsOf(config)).flatMap(([name, workload]) =>
      workloadFlows(name, workload, config),
    ),
    ...Object.entries(istioOf(config.mesh)?.allow ?? {}).flatMap(([rule, { namespace, from, ports }]) =>
      from.map((each, index): DeclaredFlow => ({
        declared: { by: "mesh", rule },
        path: ["mesh", "allow", rule, "from", index],
        caller: { kind: "pods", namespace: each },
        called: { kind: "pods", namespace },
        ports: ports.length === 0 ? "all" : ports.map(tcp),
      })),
    ),
  ];
}

function namespaceFlow(namespace: string, allow: AllowConfig, path: ConfigPath): DeclaredFlow {
  const { end, pods, http, reason } = allow;
  const own: FlowPods = { kind: "pods", namespace, ...(pods && { pods }) };
  const rule = allowName(allow);
  return {
    ...(end.key === "to"
      ? { declared: { by: "namespace", namespace, rule, side: "caller" }, caller: own, called: end.peer }
      : { declared: { by: "namespace", namespace, rule, side: "called" }, caller: end.peer, called: own }),
    path,
    ports: [end.port],
    ...(http && { http }),
    ...(reason !== undefined && { reason }),
  };
}

function workloadFlows(name: string, workload: WorkloadConfig, config: Declaring): DeclaredFlow[] {
  const own: FlowPods = { kind: "pods", namespace: workload.namespace, workload: name };
  const path: ConfigPath = ["workloads", name];
  const peers = peerPorts(workload);
  return [
    ...workload.dependencies.flatMap((each, index) => {
      const called = calledBy(each, config);
      return called === undefined
        ? []
        : [
            {
              declared: { by: "workload", workload: name, key: "dependencies" } as const,
              path: [...path, "dependencies", index],
              caller: own,
              ...called,
              ...reasonOf(each),
            },
          ];
    }),
    ...workload.callers.map((each, index): DeclaredFlow => ({
      declared: { by: "workload", workload: name, key: "callers" },
      path: [...path, "callers", index],
      caller: each.peer,
      called: own,
      ports: portsOf(workload, each.ports),
      ...reasonOf(each),
    })),
    ...(peers.length > 0
      ? [
          {
            declared: { by: "workload", workload: name, key: "peers" } as const,
            path: [...path, workload.peers === undefined ? "controller" : "peers"],
            caller: own,
            called: own,
            ports: peers.map(tcp),
          },
        ]
      : []),
  ];
}

/** Undefined for a service that is not there, which a check refuses. */
function calledBy(
  dependency: Dependency,
  config: Declaring,
): Pick<DeclaredFlow, "called" | "ports"> | undefined {
  if (dependency.kind !== "service") {
    const { port, reason: _, ...called } = dependency;
    return { called, ports: [port] };
  }
  const { workload, ports } = dependency;
  const service = workloadsOf(config)[workload];
  if (service === undefined) return undefined;
  return {
    called: { kind: "pods", namespace: service.namespace, workload },
    ports: portsOf(service, ports),
  };
}

const portsOf = (workload: WorkloadConfig, names: PortNames): CallPort[] =>
  (names === "all" ? podPorts(workload) : podPorts(workload, names)).map(tcp);

const reasonOf = ({ reason }: Pick<Dependency, "reason">): Pick<DeclaredFlow, "reason"> =>
  reason === undefined ? {} : { reason };

const tcp = (port: number): CallPort => ({ port, protocol: "TCP" });

/** Whether traffic to a port is among those of a flow. */
export function includesPort(ports: FlowPorts, { port, protocol }: CallPort): boolean {
  return ports === "all" || ports.some((each) => each.port === port && each.protocol === protocol);
}

/** Ports that two ends both name. */
function sharedPorts(some: FlowPorts, others: FlowPorts): FlowPorts {
  if (some === "all") return others;
  return some.filter((each) => includesPort(others, each));
}

function isSameSide({ declared: some }: DeclaredFlow, { declared: other }: DeclaredFlow): boolean {
  return some.by === "namespace" && other.by === "namespace" && some.side === other.side;
}

/** What the other end declares of the same call. */
export interface Counterpart {
  readonly flow: DeclaredFlow;
  /** Where one end alone declares the flow: what both open, for only that passes. */
  readonly ports: FlowPorts;
}

/** Undefined: the other end declares nothing of it, or there is none but a server. */
export function counterpartOf(flow: DeclaredFlow, all: readonly DeclaredFlow[]): Counterpart | undefined {
  const { caller, called, ports } = flow;
  if (caller.kind !== "pods" || called.kind !== "pods") return undefined;
  for (const each of all) {
    if (each === flow || isSameSide(each, flow) || each.caller.kind !== "pods" || each.called.kind !== "pods")
      continue;
    if (each.caller.namespace !== caller.namespace || each.called.namespace !== called.namespace) continue;
    const shared = sharedPorts(ports, each.ports);
    if (shared === "all" || shared.length > 0)
      return { flow: each, ports: flow.declared.by === "namespace" ? shared : ports };
  }
  return undefined;
}

/** Numbers of the TCP ports; "all" as it is. What a mesh reads, which leaves UDP alone. */
export function tcpPorts(ports: FlowPorts): "all" | readonly number[] {
  return ports === "all" ? ports : ports.flatMap(({ port, protocol }) => (protocol === "TCP" ? [port] : []));
}
