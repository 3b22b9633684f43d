import type { Manifest } from "../manifest-release";
import { INGRESS_NAMESPACE, ISTIO_NAMESPACE } from "./istio-values";
import type { AllowedCall } from "./mesh-policies";

export interface SidecarScopeSettings {
  readonly calls: readonly AllowedCall[];
  /** Services that every sidecar knows, as `<namespace>/<host>`. */
  readonly always: readonly string[];
}

/** The Kubernetes API, which pods call by its service. */
const KUBERNETES_API = "default/kubernetes.default.svc.cluster.local";

/**
 * Sidecars by namespace, that of istio-system for all without one of their own: what a proxy need not know costs its
 * memory, and istiod a push on each change. Gateways know everything (Istio, "Sidecar").
 */
export function sidecarScopes({ calls, always }: SidecarScopeSettings): Record<string, Manifest> {
  const callers = [...new Set(calls.flatMap(({ from }) => from))]
    .filter((namespace) => namespace !== INGRESS_NAMESPACE && namespace !== ISTIO_NAMESPACE)
    .sort();
  const calledBy = (caller: string) =>
    calls.filter(({ from }) => from.includes(caller)).map(({ namespace }) => `${namespace}/*`);
  return Object.fromEntries(
    [ISTIO_NAMESPACE, ...callers].map((namespace) => {
      const called = [KUBERNETES_API, ...always, ...calledBy(namespace)];
      const hosts = ["./*", `${ISTIO_NAMESPACE}/*`, ...[...new Set(called)].sort()];
      return [namespace, sidecar(namespace, hosts)];
    }),
  );
}

function sidecar(namespace: string, hosts: readonly string[]): Manifest {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Sidecar",
    metadata: { name: "default", namespace },
    spec: { egress: [{ hosts: [...hosts] }] },
  };
}
