import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import type { Labels } from "../policies/labels";

/** Who may call, by what a mesh knows of them, and on which ports of the pods. */
export type MeshCaller = { readonly ports: "all" | readonly number[] } & (
  | { readonly kind: "account"; readonly namespace: string; readonly account: string }
  /** All of a namespace, but for these service accounts of it. */
  | { readonly kind: "namespace"; readonly namespace: string; readonly except?: readonly string[] }
  /** Who has no identity in the mesh, by address. */
  | { readonly kind: "ranges"; readonly ranges: readonly string[] }
);

/** The pods that a rule is for. */
export interface CalledPods {
  readonly namespace: string;
  /** Absent: all of the namespace. Istio has no selector for labels that pods lack. */
  readonly pods?: Labels;
}

/** Under the mesh's default deny: these callers, each on its ports. Undefined: nobody calls. */
export function callersPolicy(
  name: string,
  { namespace, pods }: CalledPods,
  callers: readonly MeshCaller[],
  trustDomain: string,
): Manifest | undefined {
  if (callers.length === 0) return undefined;
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace },
    spec: {
      ...(pods && { selector: { matchLabels: { ...pods } } }),
      action: "ALLOW",
      rules: distinct(callers.map(portsOf)).map((ports) => ({
        from: sources(
          callers.filter((each) => portsOf(each) === ports),
          trustDomain,
        ),
        ...(ports !== "all" && { to: [{ operation: { ports: ports.split(",") } }] }),
      })),
    },
  };
}

/** Ports on which callers without an identity come. Where these may come to all ports, which can't be said one by one, none. */
export function plainPorts(callers: readonly MeshCaller[]): number[] {
  return callers.flatMap(({ kind, ports }) => (kind === "ranges" && ports !== "all" ? ports : []));
}

/**
 * Ports on which pods take plain text, too, where the mesh takes mutual TLS only: for callers that have no identity in it.
 * Of several such objects for one pod Istio takes the oldest, so there is one for all ports of the pods.
 */
export function plainTextPorts(
  name: string,
  { namespace, pods }: Required<CalledPods>,
  ports: readonly number[],
): Manifest {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { ...pods } },
      mtls: { mode: "STRICT" },
      portLevelMtls: Object.fromEntries(
        distinct(ports.map(String)).map((port) => [port, { mode: "PERMISSIVE" }]),
      ),
    },
  };
}

const portsOf = ({ ports }: MeshCaller): string => (ports === "all" ? ports : [...new Set(ports)].join());

function sources(callers: readonly MeshCaller[], trustDomain: string): ChartValues[] {
  const identity = (namespace: string, account: string) => `${trustDomain}/ns/${namespace}/sa/${account}`;
  const principals = callers.flatMap((each) =>
    each.kind === "account" ? [identity(each.namespace, each.account)] : [],
  );
  const namespaces = callers.flatMap((each) =>
    each.kind === "namespace" && !each.except?.length ? [each.namespace] : [],
  );
  const parts = callers.flatMap((each) =>
    each.kind === "namespace" && each.except?.length
      ? [
          {
            namespaces: [each.namespace],
            notPrincipals: distinct(each.except.map((account) => identity(each.namespace, account))),
          },
        ]
      : [],
  );
  const ipBlocks = callers.flatMap((each) => (each.kind === "ranges" ? each.ranges : []));
  return [
    ...(principals.length > 0 ? [{ principals: distinct(principals) }] : []),
    ...(namespaces.length > 0 ? [{ namespaces: distinct(namespaces) }] : []),
    ...parts,
    ...(ipBlocks.length > 0 ? [{ ipBlocks: distinct(ipBlocks) }] : []),
  ].map((source) => ({ source }));
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
