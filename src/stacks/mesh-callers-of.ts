import { istioOf, joinsMesh } from "../config/mesh";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import type { Target } from "../config/target";
import { workloadsOf } from "../config/workloads";
import type { Manifest } from "../modules/manifest-release";
import { meshCallers, type MeshCaller } from "../modules/workloads/mesh-callers";
import { serviceSelector } from "../modules/workloads/workload";
import { portsOf } from "./workload-of";

/**
 * Leave in the mesh for those whom network policies let through: services that depend on this one, and namespaces that it
 * names as callers. Nothing where all may call, and for a version, which its service's leave is for too.
 */
export function meshCallersOf(
  name: string,
  workload: WorkloadConfig,
  { config }: Target,
): Record<string, Manifest> {
  const mesh = istioOf(config.mesh);
  const { namespace, app } = workload;
  const labels = config.namespaces[namespace]?.labels ?? {};
  if (mesh === undefined || !mesh.defaultDeny.enabled || app !== undefined || !joinsMesh(mesh, labels))
    return {};
  const service = { name, namespace, selector: serviceSelector({ app: name }) };
  const callers = [...dependents(name, workload, config), ...named(workload)];
  const policy = meshCallers(service, callers, mesh.trustDomain);
  return policy ? { "mesh-callers": policy } : {};
}

function podPorts(workload: WorkloadConfig, names?: readonly string[]): number[] {
  return portsOf(workload)
    .filter(({ name }) => names?.includes(name) ?? true)
    .map(({ targetPort }) => targetPort);
}

/** The account of a service has its name. */
function dependents(name: string, called: WorkloadConfig, config: Target["config"]): MeshCaller[] {
  return Object.entries(workloadsOf(config)).flatMap(([serviceAccount, { namespace, dependencies }]) =>
    dependencies
      .filter((each) => each.workload === name)
      .map(({ ports }) => ({ namespace, serviceAccount, ports: podPorts(called, ports) })),
  );
}

/** Callers from outside of the cluster have no identity in the mesh. */
function named(workload: WorkloadConfig): MeshCaller[] {
  return workload.callers.flatMap(({ namespace, ports }) =>
    namespace === undefined ? [] : [{ namespace, ports: podPorts(workload, ports) }],
  );
}
