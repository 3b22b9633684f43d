import type { Manifest } from "../manifest";
import { HBONE_PORT } from "../policies/mesh-flows";

/** Name of a namespace's waypoint, by which its label `istio.io/use-waypoint` asks for it. */
export const WAYPOINT = "waypoint";

/** A proxy for a namespace of an ambient mesh, which istiod makes: routes, retries and rules by HTTP take place there. */
export function waypoint(namespace: string): Manifest {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: {
      name: WAYPOINT,
      namespace,
      labels: { "istio.io/waypoint-for": "service" },
      // Only the mesh calls it.
      annotations: { "networking.istio.io/service-type": "ClusterIP" },
    },
    spec: {
      gatewayClassName: "istio-waypoint",
      listeners: [{ name: "mesh", port: HBONE_PORT, protocol: "HBONE" }],
    },
  };
}
