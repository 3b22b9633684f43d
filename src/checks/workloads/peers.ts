import { isInMesh } from "../../model/mesh";
import { isClosed } from "../../model/namespaces";
import type { CalledPeer, CallingPeer } from "../../config/schema/peers";
import type { Caller, Dependency, ServicePeer } from "../../config/schema/workloads/dependencies";
import type { ConfigPath } from "../../config/read/source-node";
import { peerFindings } from "../namespaces/allow";
import type { Finding } from "../finding";
import { type NamespaceFlow, otherSideFindings } from "../network/other-side";
import { outsiderFindings, strangerFindings } from "../namespaces/strangers";
import type { CheckedWorkload } from "./checked-workload";

/** Dependencies and callers that are not there, can't be said, or are not let through from the other side. */
export function peersFindings(each: CheckedWorkload): Finding[] {
  const { workload, path } = each;
  return [
    ...workload.dependencies.flatMap((dependency, index) =>
      dependencyFindings(each, dependency, [...path, "dependencies", index]),
    ),
    ...workload.callers.flatMap((caller, index) => callerFindings(each, caller, [...path, "callers", index])),
    ...(workload.peers ?? []).flatMap((port, index) =>
      port in workload.ports ? [] : [unknownPort(each, port, [...path, "peers", index])],
    ),
  ];
}

function dependencyFindings(each: CheckedWorkload, dependency: Dependency, path: ConfigPath): Finding[] {
  if (dependency.kind === "service") return calledFindings(each, dependency, path);
  return [
    ...openFindings(each, path),
    ...peerFindings(each.target, path, dependency, dependency.reason),
    ...namespaceFindings(each, path, dependency, { key: "to", port: dependency.port }),
  ];
}

function calledFindings(
  { target, name, workload }: CheckedWorkload,
  { workload: called, ports }: ServicePeer,
  path: ConfigPath,
): Finding[] {
  const service = target.workloads[called];
  const at = [...path, "workload"];
  if (called === name) {
    const names = ports === "all" ? Object.keys(workload.ports) : ports;
    const message = `is the service itself; for calls among its own pods write peers: [${names.join(", ")}]`;
    return [{ path: at, message }];
  }
  if (service === undefined) {
    const message =
      "is not a service of this target; add it under workloads, or write namespace, cidr or fqdn";
    return [{ path: at, message }];
  }
  if (service.app !== undefined)
    return [{ path: at, message: `is a version of ${service.app}, which has the address; write that` }];
  const known = Object.keys(service.ports);
  return [
    ...strangerFindings(target, [service.namespace, workload.namespace], at),
    ...(ports === "all" ? [] : ports).flatMap((port, index): Finding[] =>
      known.includes(port)
        ? []
        : [
            {
              path: [...path, "ports", index],
              message: `is not a port of ${called}; write one of ${known.join(", ")}`,
              related: [["workloads", called, "ports"]],
            },
          ],
    ),
  ];
}

function callerFindings(each: CheckedWorkload, caller: Caller, path: ConfigPath): Finding[] {
  const { target, workload } = each;
  const { peer, ports, reason } = caller;
  const unknown = (ports === "all" ? [] : ports).flatMap((port, index): Finding[] =>
    port in workload.ports ? [] : [unknownPort(each, port, [...path, "ports", index])],
  );
  if (unknown.length > 0) return unknown;
  const called = Object.entries(workload.ports).filter(([name]) => ports === "all" || ports.includes(name));
  return [
    ...openFindings(each, path),
    ...(peer.kind !== "pods"
      ? outsiderFindings(target, workload.namespace, caller, path)
      : peer.target === undefined
        ? strangerFindings(target, [workload.namespace, peer.namespace], [...path, "namespace"])
        : []),
    ...peerFindings(target, path, peer, reason),
    ...called.flatMap(([, { port, targetPort = port }]) =>
      namespaceFindings(each, path, peer, { key: "from", port: { port: targetPort, protocol: "TCP" } }),
    ),
  ];
}

function unknownPort({ workload, path: service }: CheckedWorkload, value: string, path: ConfigPath): Finding {
  const known = Object.keys(workload.ports).join(", ");
  const message = `is not one of the service's ports; write one of ${known}`;
  return { path, value, message, related: [[...service, "ports"]] };
}

function openFindings({ target, workload }: CheckedWorkload, path: ConfigPath): Finding[] {
  const { namespace } = workload;
  if (!(namespace in target.config.namespaces) || isClosed(target, namespace)) return [];
  // The mesh knows calls by the same list: who may call, and whom sidecars know.
  if (isInMesh(target.config, namespace)) return [];
  const message = `allows what nothing denies: defaultDeny of namespace ${namespace} is off; remove it, or turn defaultDeny on`;
  return [{ path, message, related: [["namespaces", namespace], ["policies"]] }];
}

/** A flow passes if both ends allow it; what is not a service of this target has to say so in its namespace. */
function namespaceFindings(
  { target, workload }: CheckedWorkload,
  path: ConfigPath,
  peer: CalledPeer | CallingPeer,
  flow: Omit<NamespaceFlow, "namespace">,
): Finding[] {
  // What another target allows is its own.
  if (peer.kind !== "pods" || peer.target !== undefined) return [];
  const { namespace } = peer;
  if (namespace === workload.namespace || target.platformNamespaces.includes(namespace)) return [];
  return otherSideFindings(target, workload.namespace, [...path, "namespace"], { ...flow, namespace });
}
