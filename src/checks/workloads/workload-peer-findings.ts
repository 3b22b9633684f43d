import { isInMesh } from "../../model/mesh";
import { isClosed, platformNamespacesOf } from "../../model/namespaces";
import type { AllowConfig } from "../../config/schema/allow";
import type { CallerConfig, DependencyConfig } from "../../config/schema/workloads/dependencies";
import type { ConfigPath } from "../../config/read/source-node";
import { workloadsOf } from "../../model/workloads";
import { peerFindings } from "../namespaces/allow-checks";
import type { Finding } from "../finding";
import { otherSideFindings } from "../network/other-side-findings";
import { outsiderFindings, strangerFindings } from "../namespaces/stranger-findings";
import type { CheckedWorkload } from "./workload-checks";

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

function dependencyFindings(
  each: CheckedWorkload,
  dependency: DependencyConfig,
  path: ConfigPath,
): Finding[] {
  const { target } = each;
  const { workload: called, ports, port, reason, ...peer } = dependency;
  if (called !== undefined) return calledFindings(each, called, ports ?? [], path);
  if (port === undefined) return [];
  return [
    ...openFindings(each, path),
    ...peerFindings(target, path, { to: { ...peer, port }, ...(reason !== undefined && { reason }) }),
    ...namespaceFindings(each, path, { to: { ...peer, port } }),
  ];
}

function calledFindings(
  { target, name, workload }: CheckedWorkload,
  called: string,
  ports: readonly string[],
  path: ConfigPath,
): Finding[] {
  const service = workloadsOf(target.config)[called];
  const at = [...path, "workload"];
  if (called === name) {
    const names = ports.length > 0 ? ports : Object.keys(workload.ports);
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
    ...strangerFindings(target.config, [service.namespace, workload.namespace], at),
    ...ports.flatMap((port, index): Finding[] =>
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

function callerFindings(each: CheckedWorkload, caller: CallerConfig, path: ConfigPath): Finding[] {
  const { target, workload } = each;
  const { ports, reason, ...peer } = caller;
  const known = Object.entries(workload.ports);
  const unknown = (ports ?? []).flatMap((port, index): Finding[] =>
    port in workload.ports ? [] : [unknownPort(each, port, [...path, "ports", index])],
  );
  const called = known.filter(([name]) => ports?.includes(name) ?? true);
  const [first] = called;
  if (unknown.length > 0 || first === undefined) return unknown;
  const from = ([, { port, targetPort = port }]: typeof first): AllowConfig => ({
    from: { ...peer, port: targetPort, protocol: "TCP" },
    ...(reason !== undefined && { reason }),
  });
  return [
    ...openFindings(each, path),
    ...(caller.namespace === undefined
      ? outsiderFindings(target.config, workload.namespace, caller, path)
      : caller.target === undefined
        ? strangerFindings(target.config, [workload.namespace, caller.namespace], [...path, "namespace"])
        : []),
    ...peerFindings(target, path, from(first)),
    ...called.flatMap((port) => namespaceFindings(each, path, from(port))),
  ];
}

function unknownPort({ workload, path: service }: CheckedWorkload, value: string, path: ConfigPath): Finding {
  const known = Object.keys(workload.ports).join(", ");
  const message = `is not one of the service's ports; write one of ${known}`;
  return { path, value, message, related: [[...service, "ports"]] };
}

function openFindings({ target, workload }: CheckedWorkload, path: ConfigPath): Finding[] {
  const { namespace } = workload;
  if (!(namespace in target.config.namespaces) || isClosed(target.config, namespace)) return [];
  // The mesh knows calls by the same list: who may call, and whom sidecars know.
  if (isInMesh(target.config, namespace)) return [];
  const message = `allows what nothing denies: defaultDeny of namespace ${namespace} is off; remove it, or turn defaultDeny on`;
  return [{ path, message, related: [["namespaces", namespace], ["policies"]] }];
}

/** A flow passes if both ends allow it; what is no service of this target has to say so in its namespace. */
function namespaceFindings(
  { target, workload }: CheckedWorkload,
  path: ConfigPath,
  allow: AllowConfig,
): Finding[] {
  const { namespace, target: elsewhere } = { ...allow.to, ...allow.from };
  // What another target allows is its own.
  if (namespace === undefined || elsewhere !== undefined) return [];
  if (namespace === workload.namespace || platformNamespacesOf(target.config).includes(namespace)) return [];
  return otherSideFindings(target.config, workload.namespace, [...path, "namespace"], allow);
}
