import type { Manifest } from "../manifest-release";
import type { Labels } from "../policies/labels";

/** Who may call a service in a mesh that denies all others. */
export interface MeshCaller {
  readonly namespace: string;
  /** Left out: all of the namespace. */
  readonly serviceAccount?: string;
  /** Ports of the pods. */
  readonly ports: readonly number[];
}

/** Leave for the callers that a service declares, by their identities; undefined: it declares none. */
export function meshCallers(
  {
    name,
    namespace,
    selector,
  }: { readonly name: string; readonly namespace: string; readonly selector: Labels },
  callers: readonly MeshCaller[],
  trustDomain: string,
): Manifest | undefined {
  if (callers.length === 0) return undefined;
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `${name}-callers`, namespace },
    spec: {
      selector: { matchLabels: selector },
      action: "ALLOW",
      rules: callers.map(({ namespace: from, serviceAccount, ports }) => ({
        from: [
          {
            source:
              serviceAccount === undefined
                ? { namespaces: [from] }
                : { principals: [`${trustDomain}/ns/${from}/sa/${serviceAccount}`] },
          },
        ],
        to: [{ operation: { ports: [...new Set(ports)].sort((a, b) => a - b).map(String) } }],
      })),
    },
  };
}
