/**
 * Istio's proxy, which istiod puts into pods and runs as waypoints and gateways: what each asks for and may use (chart
 * istiod 1.27 to 1.30, values.yaml, global.proxy.resources and global.waypoint.resources; our values say the same).
 */
export const istioProxy = {
  image: "docker.io/istio/proxyv2",
  requests: { cpus: 0.1, memoryMiB: 128 },
  limits: { cpus: 2, memoryMiB: 1024 },
} as const;

/** Answers a challenge of HTTP-01 in the namespace of the certificate (cert-manager 1.21, pkg/issuer/acme/http/pod.go). */
export const ACME_SOLVER_IMAGE = "quay.io/jetstack/cert-manager-acmesolver";

/** Velero's own image holds a restored pod back until its files are there (velero 1.18, pod_volume_restore_action.go). */
export const VELERO_IMAGE = "docker.io/velero/velero";

/** What the OpenTelemetry operator runs for an OpenTelemetryCollector that names no image, beside pods or alone. */
export const COLLECTOR_IMAGE =
  "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib";
