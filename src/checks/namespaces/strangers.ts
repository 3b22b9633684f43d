import { hasMeshIdentity, isInMesh } from "../../model/mesh";
import type { AllowConfig } from "../../config/schema/allow";
import type { CallingPeer } from "../../config/schema/peers";
import type { Target } from "../../model/target";
import type { ConfigPath } from "../../config/read/source-node";
import { strangersMeet } from "../../model/workloads";
import type { Finding } from "../finding";

/** A namespace whose pods know callers by their identity in the mesh, called from one that has none. */
export function strangerFindings(
  target: Target,
  [called, caller]: readonly [string, string],
  path: ConfigPath,
): Finding[] {
  const why = strangersMeet(called, target.config);
  const isPlatform = target.platformNamespaces.includes(caller);
  if (why === undefined || hasMeshIdentity(target.config, caller)) return [];
  if (!isPlatform && !(caller in target.config.namespaces)) return [];
  const first = isPlatform ? "remove it" : "give it the mesh's label";
  return [
    {
      path,
      message: `can't be: the mesh ${why}, and namespace ${caller} has no identity in it; ${first}, or take namespace ${called} out of the mesh`,
      related: [["mesh"], ...(isPlatform ? [] : [["namespaces", caller]])],
    },
  ];
}

/** Load balancers and addresses outside have no identity: a mesh of mutual TLS takes plain text from them where it is told to. */
export function outsiderFindings(
  target: Target,
  called: string,
  { peer, reason }: { readonly peer: CallingPeer; readonly reason?: string | undefined },
  path: ConfigPath,
): Finding[] {
  if (peer.kind === "pods" || reason !== undefined || !takesTlsOnly(target, called)) return [];
  const key = peer.kind === "range" ? "cidr" : "loadBalancer";
  const message = `has no identity in the mesh, which takes only mutual TLS: the port would take plain text, too; add a reason, or lead callers by mesh.ingressGateway`;
  return [{ path: [...path, key], message, related: [["mesh"]] }];
}

/** The same for a namespace, whose entries say which pods: Istio has ports of chosen pods only, and one object for a pod. */
export function namespaceOutsiderFindings(
  target: Target,
  name: string,
  { end, pods, reason }: AllowConfig,
  path: ConfigPath,
): Finding[] {
  if (end.key === "to" || end.port.protocol === "UDP") return [];
  const { peer } = end;
  if (peer.kind === "pods") {
    if (peer.target !== undefined) return [];
    return strangerFindings(target, [name, peer.namespace], [...path, "from", "namespace"]);
  }
  const findings = outsiderFindings(target, name, { peer, reason }, [...path, "from"]);
  if (findings.length > 0 || !takesTlsOnly(target, name)) return findings;
  if (pods === undefined) {
    const message =
      "would let plain text into every pod of a namespace whose mesh takes only mutual TLS; write pods: { <label>: <value> }";
    return [{ path, message, related: [["mesh"]] }];
  }
  return overlapFindings(target, name, pods, path);
}

function overlapFindings(
  target: Target,
  name: string,
  pods: Readonly<Record<string, string>>,
  path: ConfigPath,
): Finding[] {
  const others = target.flows.flatMap(({ caller, called }) =>
    caller.kind !== "pods" && called.kind === "pods" && called.namespace === name
      ? [called.workload === undefined ? (called.pods ?? {}) : { app: called.workload }]
      : [],
  );
  const other = others.find((each) => !isSame(each, pods) && mayMeet(each, pods));
  const service = target.flows.find(
    ({ caller, called }) =>
      caller.kind !== "pods" &&
      called.kind === "pods" &&
      called.namespace === name &&
      called.workload !== undefined &&
      called.workload === pods.app,
  );
  if (service !== undefined) {
    const message = `are pods of service ${pods.app}, which has such callers of its own; write it at workloads.${pods.app}.callers`;
    return [{ path: [...path, "pods"], message }];
  }
  if (other === undefined) return [];
  const message = `may select the same pods as ${labelText(other)}, and Istio takes the port settings of one of them; select both by the same label`;
  return [{ path: [...path, "pods"], value: labelText(pods), message }];
}

/** Whether labels of one pod can fit both. */
function mayMeet(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.entries(a).every(([key, value]) => b[key] === undefined || b[key] === value);
}

const isSame = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  labelText(a) === labelText(b);

const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}: ${value}`)
    .sort()
    .join(", ");

function takesTlsOnly({ config, mesh }: Target, namespace: string): boolean {
  return mesh.istio?.mtls.mode === "strict" && isInMesh(config, namespace);
}
