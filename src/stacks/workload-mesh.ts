import { istioOf, joinsMesh } from "../config/mesh";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import type { Target } from "../config/target";
import { workloadsOf } from "../config/workloads";
import type { MeshCallers } from "../modules/workloads/mesh-authorization";

/** Who may call a service of a mesh that denies by default; undefined: there is none, or the service is not in it. */
export function meshCallers(
  name: string,
  workload: WorkloadConfig,
  { config }: Target,
): MeshCallers | undefined {
  const mesh = istioOf(config.mesh);
  const isInMesh = (namespace: string) => joinsMesh(config.mesh, config.namespaces[namespace]?.labels ?? {});
  if (mesh?.defaultDeny.enabled !== true || workload.app !== undefined || !isInMesh(workload.namespace))
    return undefined;
  return {
    trustDomain: mesh.trustDomain,
    services: Object.entries(workloadsOf(config)).flatMap(([other, { namespace, dependencies }]) =>
      isInMesh(namespace)
        ? dependencies
            .filter((each) => each.workload === name)
            .map(({ ports }) => ({ namespace, name: other, ports }))
        : [],
    ),
    namespaces: workload.callers.flatMap(({ namespace, ports }) =>
      namespace !== undefined && isInMesh(namespace) ? [{ namespace, ports }] : [],
    ),
  };
}
