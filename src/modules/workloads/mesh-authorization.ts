import type { Manifest } from "../manifest";
import { callersPolicy, type MeshCaller, plainPorts, plainTextPorts } from "../mesh/mesh-callers";
import { serviceSelector, type Workload } from "./workload";

/** Who may call a service of the mesh. */
export interface MeshAccess {
  readonly trustDomain: string;
  /** Nobody may call but who is allowed. */
  readonly deniesByDefault: boolean;
  /** Plain text is refused but where it is allowed. */
  readonly strict: boolean;
  readonly callers: readonly MeshCaller[];
}

/** What the mesh has to know of a service's declared callers, by key. */
export function meshAccess(
  { app, namespace }: Pick<Workload, "app" | "namespace">,
  { trustDomain, deniesByDefault, strict, callers }: MeshAccess,
): Record<string, Manifest> {
  const called = { namespace, pods: serviceSelector({ app }) };
  const policy = deniesByDefault ? callersPolicy(`${app}-callers`, called, callers, trustDomain) : undefined;
  const plain = plainPorts(callers);
  return {
    ...(policy && { "mesh-callers": policy }),
    ...(strict &&
      plain.length > 0 && { "mesh-plain-text": plainTextPorts(`${app}-plain-text`, called, plain) }),
  };
}
