import type { Manifest } from "../manifest-release";
import { serviceSelector, type Workload } from "./workload";

/** Who may call a service of the mesh, by what the mesh knows of them. */
export interface MeshCallers {
  readonly trustDomain: string;
  /** Services, whose account is their identity. */
  readonly services: readonly { readonly namespace: string; readonly name: string }[];
  readonly namespaces: readonly string[];
}

/** Under the mesh's default deny: the declared callers, on the service's own ports. Undefined: nobody calls it. */
export function meshAuthorization(
  { app, namespace, ports }: Pick<Workload, "app" | "namespace" | "ports">,
  { trustDomain, services, namespaces }: MeshCallers,
): Manifest | undefined {
  const principals = services.map(({ namespace: ns, name }) => `${trustDomain}/ns/${ns}/sa/${name}`);
  const sources = [
    ...(principals.length > 0 ? [{ source: { principals: [...new Set(principals)].sort() } }] : []),
    ...(namespaces.length > 0 ? [{ source: { namespaces: [...new Set(namespaces)].sort() } }] : []),
  ];
  if (sources.length === 0) return undefined;
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `${app}-callers`, namespace },
    spec: {
      selector: { matchLabels: serviceSelector({ app }) },
      action: "ALLOW",
      rules: [
        { from: sources, to: [{ operation: { ports: ports.map(({ targetPort }) => String(targetPort)) } }] },
      ],
    },
  };
}
