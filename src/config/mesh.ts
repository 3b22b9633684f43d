import type { CniConfig } from "./schema/cni";
import type { MeshConfig } from "./schema/mesh";
import type { Target } from "./target";

/** How Istio leads the traffic of pods. */
export type IstioDataPlane = "sidecar" | "ambient";

export function istioDataPlane(mesh: MeshConfig | undefined): IstioDataPlane | undefined {
  if (mesh === undefined) return undefined;
  return mesh.kind === "istio-ambient" ? "ambient" : "sidecar";
}

/** Labels by which a namespace asks for its data plane (Istio, "Installing the sidecar", "Add workloads to the mesh"). */
const JOINS = {
  sidecar: ["istio-injection", "enabled"],
  ambient: ["istio.io/dataplane-mode", "ambient"],
} as const;

/** Whether a namespace's labels put its pods into the mesh. */
export function joinsMesh(mesh: MeshConfig | undefined, labels: Readonly<Record<string, string>>): boolean {
  const mode = istioDataPlane(mesh);
  if (mode === undefined) return false;
  const [key, value] = JOINS[mode];
  return labels[key] === value;
}

/** Each VPC is a network of its own, and a target has one VPC. */
export function meshNetwork({ clusterName }: Pick<Target, "clusterName">, { network }: MeshConfig): string {
  return network ?? clusterName;
}

/** Whether Cilium translates pods' addresses by eBPF: overlay pods have none that the VPC knows. */
export function masqueradesByBpf(cni: CniConfig): boolean {
  return cni.kind === "cilium-overlay";
}
