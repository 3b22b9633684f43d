/** Tag of the control plane's canary; it stays as versions come and go, and namespaces choose by `istio.io/rev` (Istio, "Canary Upgrades"). */
export const CANARY_TAG = "canary";

type Labels = Readonly<Record<string, string>>;

/**
 * Whether istiod puts sidecars into a namespace's pods, which it does beside an ambient mesh too. A revision's webhook
 * leaves out namespaces that have the other label, whatever its value (istio/istio chart istiod, mutatingwebhook.yaml).
 */
export function isInjected(labels: Labels): boolean {
  const injection = labels["istio-injection"];
  return injection === undefined ? labels["istio.io/rev"] === CANARY_TAG : injection === "enabled";
}

/** Whether a namespace's labels put its pods into the mesh (Istio, "Installing the sidecar", "Add workloads to the mesh"). */
export function asksForMesh(dataPlane: "sidecar" | "ambient", labels: Labels): boolean {
  return isInjected(labels) || (dataPlane === "ambient" && labels["istio.io/dataplane-mode"] === "ambient");
}

/** Annotation that names the templates of what is injected: `gateway` makes a pod one (istio/istio 1.29.6, pkg/kube/inject). */
export const INJECTED_TEMPLATES = "inject.istio.io/templates";
