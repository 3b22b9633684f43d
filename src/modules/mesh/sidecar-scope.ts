import type { Manifest } from "../manifest";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";
import { INGRESS_NAMESPACE } from "../../facts/istio-gateways";

/** A call from one namespace to another. */
export interface ScopedCall {
  readonly from: string;
  readonly to: string;
}

export interface SidecarScopeSettings {
  readonly calls: readonly ScopedCall[];
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
  const callers = [...new Set(calls.map(({ from }) => from))]
    .filter((namespace) => namespace !== INGRESS_NAMESPACE && namespace !== ISTIO_NAMESPACE)
    .sort();
  const calledBy = (caller: string) =>
    calls.filter(({ from, to }) => from === caller && to !== caller).map(({ to }) => `${to}/*`);
  return Object.fromEntries(
    [ISTIO_NAMESPACE, ...callers].map((namespace) => {
      const called = [KUBERNETES_API, ...always, ...calledBy(namespace)];
      // Each its own: in the object of istio-system the dot is that namespace for istiod's validation, and the pod's for pods.
      const hosts = ["./*", ...withoutCovered(called)];
      return [namespace, sidecar(namespace, hosts)];
    }),
  );
}

/** Hosts by name, each once, and none of a namespace that is there as a whole (Istio's warning IST0133). */
function withoutCovered(hosts: readonly string[]): string[] {
  const whole = new Set(hosts.filter((host) => host.endsWith("/*")).map((host) => host.slice(0, -1)));
  return [...new Set(hosts)]
    .filter((host) => host.endsWith("/*") || !whole.has(host.slice(0, host.indexOf("/") + 1)))
    .sort();
}

function sidecar(namespace: string, hosts: readonly string[]): Manifest {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Sidecar",
    metadata: { name: "default", namespace },
    spec: { egress: [{ hosts: [...hosts] }] },
  };
}
