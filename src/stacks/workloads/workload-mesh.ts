import { type CallingEnd, type DeclaredFlow, tcpPorts } from "../../model/flows";
import type { ServiceSettings } from "../../model/settings";
import { hasMeshIdentity, isInMesh } from "../../model/mesh";
import type { MeshCaller } from "../../modules/mesh/mesh-callers";
import type { MeshAccess } from "../../modules/workloads/mesh-authorization";
import { type CallContext, callerPeers } from "../call-flows";

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

/** The callers of a declared call as the mesh knows them; none where it can't tell them from others. */
export function meshCallers({ caller, called, ports }: DeclaredFlow, context: CallContext): MeshCaller[] {
  const numbers = tcpPorts(ports);
  if (numbers.length === 0) return [];
  if (caller.kind !== "pods") return [{ kind: "ranges", ranges: rangesOf(caller, context), ports: numbers }];
  const { namespace, workload } = caller;
  const { config } = context.target;
  if (caller.target !== undefined || !hasMeshIdentity(config, namespace)) return [];
  if (workload === undefined) return [{ kind: "namespace", namespace, ports: numbers }];
  const isPeer = called.kind === "pods" && called.workload === workload;
  const accounts = [
    workload,
    // Each version has an account of its own.
    ...Object.entries(context.target.workloads).flatMap(([other, { app }]) =>
      isPeer && app === workload ? [other] : [],
    ),
  ];
  return accounts.map((account) => ({ kind: "account", namespace, account, ports: numbers }));
}

/** Addresses of callers outside. Of an overlay's load balancers nobody knows where they come from. */
function rangesOf(caller: CallingEnd, context: CallContext): string[] {
  const peers = callerPeers(caller, context);
  const ranges = peers.flatMap((peer) => (peer.kind === "cidr" ? [peer.cidr] : []));
  return ranges.length === peers.length ? ranges : ["0.0.0.0/0"];
}
