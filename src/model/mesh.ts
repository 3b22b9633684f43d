import { asksForMesh } from "../facts/istio-labels";
import type { CniConfig } from "../config/schema/cni";
import type { ClusterMeshConfig, IstioConfig, MeshConfig } from "../config/schema/mesh";
import type { TargetConfig } from "../config/schema/target";
import type { GivenTarget } from "./given-target";
import { meshPeerNames } from "./mesh-peers";

/** The mesh of a target, by who makes it. Without a mesh none of its parts is there. */
export interface Mesh<T> {
  readonly istio?: IstioConfig;
  /** How Istio leads the traffic of pods. */
  readonly dataPlane?: IstioDataPlane;
  readonly cilium?: ClusterMeshConfig;
  /** Names of the targets that are one mesh with this one, as the config has them. */
  readonly peerNames: readonly string[];
  /** Those of them that it is connected with. A peer without a connection is refused by `meshPeerCheck`. */
  readonly peers: readonly T[];
}

export function meshOf<T extends GivenTarget>({
  config: { mesh },
  peers,
}: Pick<GivenTarget, "config"> & { readonly peers: readonly T[] }): Mesh<T> {
  const istio = istioOf(mesh);
  const dataPlane = istioDataPlane(mesh);
  const cilium = clusterMeshOf(mesh);
  const peerNames = meshPeerNames(mesh);
  return {
    ...(istio && { istio }),
    ...(dataPlane && { dataPlane }),
    ...(cilium && { cilium }),
    peerNames,
    peers: peers.filter(({ name }) => peerNames.includes(name)),
  };
}

/** How Istio leads the traffic of pods. */
export type IstioDataPlane = "sidecar" | "ambient";

/** The mesh where it is Istio's. */
export function istioOf(mesh: MeshConfig | undefined): IstioConfig | undefined {
  return mesh?.kind === "cilium" ? undefined : mesh;
}

/** The mesh where it is Cilium's. */
export function clusterMeshOf(mesh: MeshConfig | undefined): ClusterMeshConfig | undefined {
  return mesh?.kind === "cilium" ? mesh : undefined;
}

export function istioDataPlane(mesh: MeshConfig | undefined): IstioDataPlane | undefined {
  const istio = istioOf(mesh);
  if (istio === undefined) return undefined;
  return istio.kind === "istio-ambient" ? "ambient" : "sidecar";
}

/** Whether a namespace's labels put its pods into the mesh. */
export function joinsMesh(mesh: MeshConfig | undefined, labels: Readonly<Record<string, string>>): boolean {
  const mode = istioDataPlane(mesh);
  return mode !== undefined && asksForMesh(mode, labels);
}

/** Whether pods of a declared namespace are in Istio's mesh. */
export function isInMesh(
  { mesh, namespaces }: Pick<TargetConfig, "mesh" | "namespaces">,
  namespace: string,
): boolean {
  return joinsMesh(mesh, namespaces[namespace]?.labels ?? {});
}

/** Istio's own namespaces: what runs there has an identity in the mesh. */
const ISTIO_NAMESPACES: readonly string[] = ["istio-ingress", "istio-system"];

/** Whether callers of a namespace are known to the mesh: its pods are in it, or are Istio's gateways. */
export function hasMeshIdentity(
  config: Pick<TargetConfig, "mesh" | "namespaces">,
  namespace: string,
): boolean {
  if (ISTIO_NAMESPACES.includes(namespace)) return istioOf(config.mesh) !== undefined;
  return isInMesh(config, namespace);
}

/** Whether pods of a namespace let nobody in but by a rule of the mesh. */
export function isDeniedByMesh(
  config: Pick<TargetConfig, "mesh" | "namespaces">,
  namespace: string,
): boolean {
  return istioOf(config.mesh)?.defaultDeny.enabled === true && isInMesh(config, namespace);
}

/** Each VPC is a network of its own, and a target has one VPC. */
export function meshNetwork(
  { clusterName }: Pick<GivenTarget, "clusterName">,
  { network }: IstioConfig,
): string {
  return network ?? clusterName;
}

/** Whether Cilium translates pods' addresses by eBPF: overlay pods have none that the VPC knows. */
export function masqueradesByBpf(cni: CniConfig): boolean {
  return cni.kind === "cilium-overlay";
}
