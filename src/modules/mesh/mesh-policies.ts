import type { Manifest } from "../manifest";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";
import { INGRESS_NAMESPACE, ingressRole } from "../../facts/istio-gateways";

/** One way that default deny leaves open. */
export interface AllowedCall {
  readonly namespace: string;
  /** Namespaces of the callers. */
  readonly from: readonly string[];
  /** Ports of the pods that are called; none: all. */
  readonly ports: readonly number[];
}

export interface MeshPolicySettings {
  readonly mtls: "strict" | "permissive";
  readonly defaultDeny: boolean;
  /** Names of the ingress gateways. */
  readonly ingressGateways: readonly string[];
}

/** Rules for the whole mesh: those of the root namespace hold everywhere. */
export function meshPolicies(settings: MeshPolicySettings): Record<string, Manifest> {
  const { mtls, defaultDeny, ingressGateways } = settings;
  return {
    mtls: {
      apiVersion: "security.istio.io/v1",
      kind: "PeerAuthentication",
      metadata: { name: "default", namespace: ISTIO_NAMESPACE },
      spec: { mtls: { mode: mtls === "strict" ? "STRICT" : "PERMISSIVE" } },
    },
    ...(defaultDeny && {
      "default-deny": {
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name: "default-deny", namespace: ISTIO_NAMESPACE },
        // No rule: nothing matches, so nothing is allowed.
        spec: {},
      },
    }),
    ...(defaultDeny && Object.fromEntries(ingressGateways.map(gatewayEntry))),
  };
}

function gatewayEntry(gateway: string): [string, Manifest] {
  const name = gateway.replace(/^istio-ingressgateway/, "ingress-gateway");
  return [name, anyCaller(name, INGRESS_NAMESPACE, ingressRole(gateway))];
}

/** Whoever reaches a gateway may use it: what it leads to has rules of its own. */
export function anyCaller(name: string, namespace: string, role: string): Manifest {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace },
    spec: { selector: { matchLabels: { istio: role } }, action: "ALLOW", rules: [{}] },
  };
}

/** An allowed call as a policy of the namespace that is called. */
export function allowPolicy(name: string, { namespace, from, ports }: AllowedCall): Manifest {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace },
    spec: {
      action: "ALLOW",
      rules: [
        {
          from: [{ source: { namespaces: [...from].sort() } }],
          ...(ports.length > 0 && {
            to: [{ operation: { ports: [...ports].sort((a, b) => a - b).map(String) } }],
          }),
        },
      ],
    },
  };
}
