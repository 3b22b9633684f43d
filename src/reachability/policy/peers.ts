import { at, text, texts, type Unknown, type Value } from "../../values/value";
import { type Address, isIn, parseAddress, parsePrefix } from "./addresses";
import { groupLabel, worldLabel } from "./cidr-selectors";
import {
  CLUSTER,
  isIdentityLabel,
  type Label,
  labelMap,
  NAMESPACE,
  NAMESPACE_LABELS,
  reserved,
  SERVICE_ACCOUNT,
} from "./labels";
import type { NamedPort } from "./ports";
import type { PolicyEngine } from "./rules";
import type { Identity } from "./selectors";

/** Pods that are alike. */
export interface Pods {
  readonly kind: "pods";
  /** For readers: `payments/orders`. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string | Unknown>>;
  readonly serviceAccount?: string;
  readonly ports: readonly NamedPort[];
  /** On the host network they are the node to policies. */
  readonly hostNetwork?: boolean;
  readonly address?: string;
  /** Name of another cluster of the mesh. */
  readonly cluster?: string;
}

export type Entity =
  "host" | "remote-node" | "kube-apiserver" | "world" | "ingress" | "health" | "init" | "unmanaged";

/** One end of a flow. */
export type Peer =
  | Pods
  | { readonly kind: "entity"; readonly entity: Entity; readonly address?: string }
  | { readonly kind: "address"; readonly address: string }
  /** A DNS name outside of the cluster. */
  | { readonly kind: "name"; readonly name: string; readonly address?: string };

/** An object that names ranges (CiliumCIDRGroup). */
export interface RangeGroup {
  readonly name: string;
  readonly labels: Readonly<Record<string, string | Unknown>>;
  readonly ranges: readonly string[];
}

export interface PeerContext {
  readonly engine: PolicyEngine;
  /** Labels of namespaces, by name. */
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string | Unknown>>>;
  readonly groups: readonly RangeGroup[];
}

export function rangeGroups(manifests: readonly Value[]): RangeGroup[] {
  return manifests
    .filter((each) => at(each, "kind") === "CiliumCIDRGroup")
    .map((each) => ({
      name: text(at(each, "metadata", "name")),
      labels: labelMap(at(each, "metadata", "labels")),
      ranges: texts(at(each, "spec", "externalCIDRs")),
    }));
}

/** What the engine knows an end of a flow as. */
export function identityOf(peer: Peer, context: PeerContext): Identity {
  switch (peer.kind) {
    case "pods":
      return peer.hostNetwork === true
        ? entityIdentity("remote-node", peer.address, context)
        : podIdentity(peer, context);
    case "entity":
      return entityIdentity(peer.entity, peer.address, context);
    case "address":
      return outside(peer.address, context);
    case "name":
      return { ...outside(peer.address, context), name: peer.name };
  }
}

/** Labels as Cilium's agent makes them of a pod and its namespace (pkg/k8s, GetPodMetadata; pkg/labelsfilter). */
function podIdentity(pods: Pods, { engine, namespaces }: PeerContext): Identity {
  const ofNamespace = { ...namespaces.get(pods.namespace), "kubernetes.io/metadata.name": pods.namespace };
  const all: Record<string, string | Unknown> = {
    ...Object.fromEntries(Object.entries(pods.labels).filter(([key]) => !key.startsWith("io.cilium.k8s"))),
    ...Object.fromEntries(
      Object.entries(ofNamespace).map(([key, value]) => [`${NAMESPACE_LABELS}.${key}`, value]),
    ),
    [NAMESPACE]: pods.namespace,
    [SERVICE_ACCOUNT]: pods.serviceAccount ?? "default",
    [CLUSTER]: pods.cluster ?? engine.clusterName,
  };
  const labels = Object.entries(all)
    .filter(([key]) => engine.kind !== "cilium" || isIdentityLabel(key))
    .map(([key, value]): Label => ({ source: "k8s", key, value }));
  // Cilium's ranges never reach pods.
  return engine.kind === "cilium" ? { labels } : { labels, ...addressed(pods.address) };
}

function entityIdentity(entity: Entity, address: string | undefined, context: PeerContext): Identity {
  if (entity === "world") return outside(address, context);
  if (entity !== "kube-apiserver") {
    const labels = [reserved(entity)];
    const isNode = entity === "host" || entity === "remote-node";
    const reached = context.engine.kind !== "cilium" || (isNode && context.engine.rangesTakeNodes);
    return reached ? { labels, ...addressed(address) } : { labels };
  }
  // On EKS it is outside of the cluster: its addresses are of the world, too.
  const identity = outside(address, context);
  return { ...identity, labels: [reserved(entity), ...identity.labels] };
}

function outside(text: string | undefined, { engine, groups }: PeerContext): Identity {
  const address = text === undefined ? undefined : parseAddress(text);
  const family = address?.family ?? (engine.ipv4 ? 4 : 6);
  const of =
    address === undefined ? [] : groups.filter(({ ranges }) => ranges.some((each) => has(each, address)));
  const labels: Label[] = [
    reserved(worldLabel(family, engine)),
    ...of.flatMap(({ name, labels: own }) => [
      { source: "cidrgroup", key: groupLabel(name), value: "" },
      ...Object.entries(own).map(([key, value]) => ({ source: "cidrgroup", key, value })),
    ]),
  ];
  return { labels, ...addressed(text) };
}

function has(range: string, address: Address): boolean {
  const prefix = parsePrefix(range);
  return prefix !== undefined && isIn(address, prefix);
}

function addressed(text: string | undefined): Pick<Identity, "address" | "hasUnknownAddress"> {
  const address = text === undefined ? undefined : parseAddress(text);
  return address === undefined ? { hasUnknownAddress: true } : { address };
}
