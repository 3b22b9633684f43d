import type { CniConfig } from "./schema/cni";
import type { MeshConfig } from "./schema/mesh";
import type { Target } from "./target";

/** How Istio leads the traffic of pods. */
export type IstioDataPlane = "sidecar" | "ambient";

export function istioDataPlane(mesh: MeshConfig | undefined): IstioDataPlane | undefined {
  if (mesh === undefined) return undefined;
  return mesh.kind === "istio-ambient" ? "ambient" : "sidecar";
}

/** Each VPC is a network of its own, and a target has one VPC. */
export function meshNetwork({ clusterName }: Pick<Target, "clusterName">, { network }: MeshConfig): string {
  return network ?? clusterName;
}

/** Whether Cilium translates pods' addresses by eBPF: overlay pods have none that the VPC knows. */
export function masqueradesByBpf(cni: CniConfig): boolean {
  return cni.kind === "cilium-overlay";
}
