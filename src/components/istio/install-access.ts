import { type DeclaredFlow } from "../../model/flows";
import { isInMesh } from "../../model/mesh";
import { isClosed } from "../../model/namespaces";
import type { Manifest } from "../../modules/manifest";
import { callersPolicy, type MeshCaller, plainPorts, plainTextPorts } from "../../modules/mesh/mesh-callers";
import type { Labels } from "../../modules/policies/labels";
import type { CallContext } from "../../wiring/call-flows";
import { meshCallers } from "../../wiring/mesh-callers";

/** What the mesh has to know of who may call pods that are not declared services, by namespace and key. */
export function namespaceAccess(context: CallContext): Record<string, Record<string, Manifest>> {
  const { config } = context.target;
  const names = Object.keys(config.namespaces).filter((name) => isInMesh(config, name));
  return Object.fromEntries(
    names
      .sort()
      .map((name) => [name, accessTo(name, context)] as const)
      .filter(([, manifests]) => Object.keys(manifests).length > 0),
  );
}

function accessTo(namespace: string, context: CallContext): Record<string, Manifest> {
  const mesh = context.target.mesh.istio;
  if (mesh === undefined) return {};
  const calls = context.target.flows
    .filter((call) => isOwn(namespace, call))
    .map((call) => ({
      name: generated(nameOf(call)),
      pods: call.called.kind === "pods" ? call.called.pods : undefined,
      callers: meshCallers(call, context),
    }));
  // In an open network the mesh alone keeps services to their callers, and its rules are for all pods of a namespace.
  const isOpen =
    !isClosed(context.target, namespace) &&
    Object.values(context.target.workloads).some((each) => each.namespace === namespace);
  const policies = [
    ...(isOpen
      ? []
      : [{ name: generated("same-namespace"), pods: undefined, callers: [neighbours(namespace, context)] }]),
    ...calls,
  ];
  return Object.fromEntries([
    ...(mesh.defaultDeny.enabled
      ? policies.flatMap(({ name, pods, callers }) => {
          const policy = callersPolicy(name, { namespace, ...(pods && { pods }) }, callers, mesh.trustDomain);
          return policy ? [[name, policy] as const] : [];
        })
      : []),
    ...(mesh.mtls.mode === "strict" ? plainText(namespace, calls) : []),
  ]);
}

/** Calls that the namespace lets in itself: by its own `allow`, and those of services in it to other pods of it. */
function isOwn(namespace: string, { declared, caller, called }: DeclaredFlow): boolean {
  if (called.kind !== "pods" || called.namespace !== namespace || called.workload !== undefined) return false;
  if (declared.by === "namespace") return declared.side === "called";
  return declared.by === "workload" && caller.kind === "pods" && caller.namespace === namespace;
}

/** Pods of one namespace, as network policies let them reach each other. Services declare whom they call. */
function neighbours(namespace: string, { target: { workloads } }: CallContext): MeshCaller {
  const services = Object.entries(workloads).filter(([, each]) => each.namespace === namespace);
  return { kind: "namespace", namespace, except: services.map(([name]) => name), ports: "all" };
}

/** In the team's namespace beside objects that have the names of `mesh.allow`, of another release. */
const generated = (name: string): string => `declared-${name}`;

function nameOf({ declared, called, ports }: DeclaredFlow): string {
  if (declared.by === "namespace") return declared.rule;
  const caller = declared.by === "workload" ? declared.workload : declared.rule;
  const pods =
    called.kind === "pods"
      ? Object.entries(called.pods ?? {})
          .sort()
          .flat()
      : [];
  return slug([
    "from",
    caller,
    ...(ports === "all" ? [] : ports.map(({ port }) => String(port))),
    ...(pods.length > 0 ? ["of", ...pods] : []),
  ]);
}

function plainText(
  namespace: string,
  calls: readonly { readonly pods: Labels | undefined; readonly callers: readonly MeshCaller[] }[],
): [string, Manifest][] {
  const ports = new Map<string, { pods: Labels; ports: number[] }>();
  for (const { pods, callers } of calls) {
    // A check asks for labels: Istio takes ports for chosen pods only.
    if (pods === undefined) continue;
    const plain = plainPorts(callers);
    if (plain.length === 0) continue;
    const name = slug(["plain-text", ...Object.entries(pods).sort().flat()]);
    ports.set(name, { pods, ports: [...(ports.get(name)?.ports ?? []), ...plain] });
  }
  return [...ports].map(([name, each]) => [
    name,
    plainTextPorts(name, { namespace, pods: each.pods }, each.ports),
  ]);
}

/** Words as the name of an object. */
const slug = (words: readonly string[]): string =>
  words
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/\.?-\.?/g, "-")
    .replace(/^-|-$/g, "");
