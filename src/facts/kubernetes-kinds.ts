import published from "./kubernetes-kinds.json";

/** What the API server takes of a kind, down to the first level of its spec. */
export interface KubernetesKind {
  readonly scope: string;
  /** Fields beside apiVersion, kind, metadata and status. */
  readonly keys: readonly string[];
  readonly required?: readonly string[];
  readonly spec?: { readonly keys: readonly string[]; readonly required?: readonly string[] };
}

/**
 * Kinds that Octarine makes, by `apiVersion kind`. Kubernetes 1.33 and 1.35 by its OpenAPI, the others by the custom
 * resource definitions of the charts in src/releases and of Gateway API v1.3.0 and v1.4.1, as of August 2026.
 */
const kinds: Readonly<Partial<Record<string, KubernetesKind>>> = published;

/** Undefined: a kind that is not in the list. */
export function kubernetesKind(apiVersion: string, kind: string): KubernetesKind | undefined {
  return kinds[`${apiVersion} ${kind}`];
}
