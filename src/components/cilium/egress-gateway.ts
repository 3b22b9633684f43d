import type { Manifest } from "../../modules/manifest";
import { NAMESPACE_NAME } from "../../modules/policies/labels";

export interface EgressGatewayPolicy {
  readonly namespaces: readonly string[];
  /** Labels of the pods. Left out: all of the namespaces. */
  readonly pods?: Readonly<Record<string, string>>;
  readonly destinations: readonly string[];
  readonly except: readonly string[];
  /** Labels of the nodes that are gateways. */
  readonly nodes: Readonly<Record<string, string>>;
}

/** Traffic of chosen pods leaves under the address of a chosen node's first interface. */
export function egressGatewayManifests(
  policies: Readonly<Record<string, EgressGatewayPolicy>>,
): Record<string, Manifest> {
  return Object.fromEntries(
    Object.entries(policies).map(([name, { namespaces, pods, destinations, except, nodes }]) => [
      name,
      {
        apiVersion: "cilium.io/v2",
        kind: "CiliumEgressGatewayPolicy",
        metadata: { name },
        spec: {
          selectors: [
            {
              namespaceSelector: {
                matchExpressions: [{ key: NAMESPACE_NAME, operator: "In", values: [...namespaces] }],
              },
              ...(pods && { podSelector: { matchLabels: { ...pods } } }),
            },
          ],
          destinationCIDRs: [...destinations],
          ...(except.length > 0 && { excludedCIDRs: [...except] }),
          egressGateway: { nodeSelector: { matchLabels: { ...nodes } } },
        },
      },
    ]),
  );
}
