/** Labels by which a namespace asks for its data plane (Istio, "Installing the sidecar", "Add workloads to the mesh"). */
const joins = {
  sidecar: ["istio-injection", "enabled"],
  ambient: ["istio.io/dataplane-mode", "ambient"],
} as const;

/** Tag of the control plane's canary; it stays as versions come and go, and namespaces choose by `istio.io/rev` (Istio, "Canary Upgrades"). */
export const CANARY_TAG = "canary";

/** Whether a namespace's labels put its pods into the mesh. */
export function asksForMesh(
  dataPlane: keyof typeof joins,
  labels: Readonly<Record<string, string>>,
): boolean {
  const [key, value] = joins[dataPlane];
  return labels[key] === value || (dataPlane === "sidecar" && labels["istio.io/rev"] === CANARY_TAG);
}
