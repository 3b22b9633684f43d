import type { ServiceSettings } from "../../model/settings";
import { isInMesh } from "../../model/mesh";
import type { MeshAccess } from "../../modules/workloads/mesh-authorization";
import type { CallContext } from "../../wiring/call-flows";
import { meshCallers } from "../../wiring/mesh-callers";

/** Who may call a service of the mesh; undefined: it is not in it, or is a version of a service that is. */
export function workloadAccess(
  name: string,
  workload: ServiceSettings,
  context: CallContext,
): MeshAccess | undefined {
  const { config } = context.target;
  const mesh = context.target.mesh.istio;
  if (mesh === undefined || workload.app !== undefined || !isInMesh(config, workload.namespace))
    return undefined;
  return {
    trustDomain: mesh.trustDomain,
    deniesByDefault: mesh.defaultDeny.enabled,
    strict: mesh.mtls.mode === "strict",
    callers: context.target.flows
      .filter(({ called }) => called.kind === "pods" && called.workload === name)
      .flatMap((call) => meshCallers(call, context)),
  };
}
