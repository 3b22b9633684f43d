import { formatCidr } from "../ip-capacity/cidr";
import { type DeclaredFlow, flowsOf, tcpPorts } from "./flows";
import { isInMesh, joinsMesh } from "./mesh";
import { stsHost } from "./namespaces";
import type { TargetConfig } from "../config/schema/target";

/** A call from one namespace to another. */
export interface NamespaceCall {
  readonly from: string;
  readonly to: string;
}

/** A call that leaves the cluster. */
export interface OutsideCall {
  /** Namespace of the callers. */
  readonly namespace: string;
  /** DNS name, `*.` in front for all of its names, or an IPv4 range. */
  readonly to: string;
  readonly port: number;
}

type Meshed = Pick<TargetConfig, "mesh" | "namespaces" | "workloads">;

/** Calls between namespaces whose callers have proxies that need to know whom they call, each once. */
export function namespaceCalls(config: Meshed): NamespaceCall[] {
  const all = flowsOf(config).flatMap(({ declared, caller, called }): NamespaceCall[] => {
    if (caller.kind !== "pods" || called.kind !== "pods") return [];
    const [from, to] = [caller.namespace, called.namespace];
    // What mesh.allow names is in the mesh, declared as a namespace or not.
    const knows = declared.by === "mesh" || isInMesh(config, from);
    return from === to || !knows || caller.target !== undefined ? [] : [{ from, to }];
  });
  return all.filter(
    ({ from, to }, index) => all.findIndex((other) => other.from === from && other.to === to) === index,
  );
}

/** TCP calls to servers outside that pods of the mesh declare. */
export function outsideCalls(config: Meshed, region: string): OutsideCall[] {
  const inMesh = Object.entries(config.namespaces).filter(([, { labels }]) => joinsMesh(config.mesh, labels));
  return inMesh.flatMap(([namespace, { identity }]) => {
    const calls = flowsOf(config).flatMap((call) =>
      call.caller.kind === "pods" && call.caller.namespace === namespace ? outside(namespace, call) : [],
    );
    return identity === "irsa" ? [...calls, { namespace, to: stsHost(region), port: 443 }] : calls;
  });
}

function outside(namespace: string, { called, ports }: DeclaredFlow): OutsideCall[] {
  if (called.kind !== "range" && called.kind !== "name") return [];
  const to = called.kind === "range" ? formatCidr(called.cidr) : called.fqdn;
  const numbers = tcpPorts(ports);
  return numbers === "all" ? [] : numbers.map((port) => ({ namespace, to, port }));
}
