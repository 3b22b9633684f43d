import { type DeclaredFlow, type FlowSide, includesPort } from "../../model/flows";
import { isDeniedByMesh } from "../../model/mesh";
import { isClosed } from "../../model/namespaces";
import type { AllowedEnd } from "../../config/schema/allow";
import type { CallPort } from "../../config/schema/peers";
import type { Target } from "../../model/target";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding } from "../finding";

/** A flow to or from a namespace of the target, as one end of it declares it. */
export interface NamespaceFlow {
  readonly key: AllowedEnd["key"];
  readonly namespace: string;
  readonly port: CallPort;
}

/** What the namespace that is named at `path` lacks for a flow between it and the namespace `own`: a flow passes if both ends allow it. */
export function otherSideFindings(
  target: Target,
  own: string,
  path: ConfigPath,
  { key, namespace, port }: NamespaceFlow,
): Finding[] {
  if (target.config.namespaces[namespace] === undefined) {
    const message = "is not a namespace of this target; declare it under namespaces, or correct the name";
    return [{ path, message }];
  }
  const side = key === "to" ? "called" : "caller";
  const [caller, called] = key === "to" ? [own, namespace] : [namespace, own];
  const isAnswered = target.flows.some(
    (call) => isSaidBy(side, call) && isBetween(call, caller, called) && includesPort(call.ports, port),
  );
  if (isAnswered || !refuses(target, namespace, side)) return [];
  const back = key === "to" ? "from" : "to";
  const rule = `{ ${back}: { namespace: ${own}, port: ${port.port}${port.protocol === "TCP" ? "" : `, protocol: ${port.protocol}`} } }`;
  const hasServices = Object.values(target.workloads).some((each) => each.namespace === namespace);
  const service =
    side === "called" && hasServices ? `, or for a service there to its callers: { namespace: ${own} }` : "";
  return [
    {
      path,
      message: `does not allow it from its side; add to namespaces.${namespace}.allow: ${rule}${service}`,
      related: [["namespaces", namespace]],
    },
  ];
}

/** Whether the end that is meant has declared the call. A service that depends on another opens that for itself alone. */
function isSaidBy(side: FlowSide, { declared, caller, called }: DeclaredFlow): boolean {
  switch (declared.by) {
    case "mesh":
      return true;
    case "namespace":
      return declared.side === side;
    case "workload": {
      const end = side === "caller" ? caller : called;
      return end.kind === "pods" && end.workload === declared.workload;
    }
  }
}

function isBetween({ caller, called }: DeclaredFlow, from: string, to: string): boolean {
  return (
    caller.kind === "pods" && called.kind === "pods" && caller.namespace === from && called.namespace === to
  );
}

/** Whom sidecars may call they learn from either end; who may call is up to the one that is called. */
function refuses(target: Target, namespace: string, side: FlowSide): boolean {
  return isClosed(target, namespace) || (side === "called" && isDeniedByMesh(target.config, namespace));
}
