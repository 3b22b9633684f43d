import { type CallSide, type DeclaredCall, declaredCalls } from "../../model/declared-calls";
import { isDeniedByMesh } from "../../model/mesh";
import { isClosed } from "../../model/namespaces";
import type { AllowConfig } from "../../config/schema/allow";
import type { TargetConfig } from "../../config/schema/target";
import type { ConfigPath } from "../../config/read/source-node";
import { workloadsOf } from "../../model/workloads";
import type { Finding } from "../finding";

/** What the namespace that is named at `path` lacks for a flow between it and the namespace `own`: a flow passes if both ends allow it. */
export function otherSideFindings(
  config: TargetConfig,
  own: string,
  path: ConfigPath,
  allow: AllowConfig,
): Finding[] {
  const peer = allow.to ?? allow.from;
  if (peer?.namespace === undefined) return [];
  const { namespace, port, protocol } = peer;
  if (config.namespaces[namespace] === undefined) {
    const message = "is not a namespace of this target; declare it under namespaces, or correct the name";
    return [{ path, message }];
  }
  const side = allow.to ? "called" : "caller";
  const [caller, called] = allow.to ? [own, namespace] : [namespace, own];
  const isAnswered = declaredCalls(config).some(
    (call) => isSaidBy(side, call) && isBetween(call, caller, called) && hasPort(call, port, protocol),
  );
  if (isAnswered || !refuses(config, namespace, side)) return [];
  const back = allow.to ? "from" : "to";
  const rule = `{ ${back}: { namespace: ${own}, port: ${port}${protocol === "TCP" ? "" : `, protocol: ${protocol}`} } }`;
  const hasServices = Object.values(workloadsOf(config)).some((each) => each.namespace === namespace);
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
function isSaidBy(side: CallSide, { declared, caller, called }: DeclaredCall): boolean {
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

function isBetween({ caller, called }: DeclaredCall, from: string, to: string): boolean {
  return (
    caller.kind === "pods" && called.kind === "pods" && caller.namespace === from && called.namespace === to
  );
}

function hasPort({ ports }: DeclaredCall, port: number, protocol: string): boolean {
  return ports.length === 0 || ports.some((each) => each.port === port && each.protocol === protocol);
}

/** Whom sidecars may call they learn from either end; who may call is up to the one that is called. */
function refuses(config: TargetConfig, namespace: string, side: CallSide): boolean {
  return isClosed(config, namespace) || (side === "called" && isDeniedByMesh(config, namespace));
}
