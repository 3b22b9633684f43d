import { type CallingEnd, type DeclaredFlow, tcpPorts } from "../model/flows";
import { hasMeshIdentity } from "../model/mesh";
import type { MeshCaller } from "../modules/mesh/mesh-callers";
import { type CallContext, callerPeers } from "./call-flows";

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
    ...(isPeer
      ? Object.entries(context.target.workloads).flatMap(([other, { app }]) =>
          app === workload ? [other] : [],
        )
      : []),
  ];
  return accounts.map((account) => ({ kind: "account", namespace, account, ports: numbers }));
}

/** Addresses of callers outside. Of an overlay's load balancers nobody knows where they come from. */
function rangesOf(caller: CallingEnd, context: CallContext): string[] {
  const peers = callerPeers(caller, context);
  const ranges = peers.flatMap((peer) => (peer.kind === "cidr" ? [peer.cidr] : []));
  return ranges.length === peers.length ? ranges : ["0.0.0.0/0"];
}
