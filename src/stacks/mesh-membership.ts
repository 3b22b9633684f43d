import { istioDataPlane, istioOf } from "../config/mesh";
import { meshPeerCidrs, meshPeerNames } from "../config/mesh-peers";
import type { Target } from "../config/target";
import { INGRESS_NAMESPACE, ISTIO_NAMESPACE } from "../modules/mesh/istio-values";
import type { MeshMembership } from "../modules/policies/mesh-flows";

/** Labels by which a namespace asks for its data plane (Istio, "Installing the sidecar", "Add workloads to the mesh"). */
const JOINS = {
  sidecar: ["istio-injection", "enabled"],
  ambient: ["istio.io/dataplane-mode", "ambient"],
} as const;

/** What the mesh asks of network policies in a namespace; undefined: its labels do not put it into the mesh. */
export function meshMembership(
  target: Target,
  labels: Readonly<Record<string, string>>,
): MeshMembership | undefined {
  const mesh = istioOf(target.config.mesh);
  const mode = istioDataPlane(mesh);
  if (mesh === undefined || mode === undefined) return undefined;
  const [key, value] = JOINS[mode];
  if (labels[key] !== value) return undefined;
  const hasPeers = meshPeerNames(mesh).length > 0;
  return {
    mode,
    controlPlaneNamespace: ISTIO_NAMESPACE,
    gateways: [
      ...(mesh.ingressGateway ? [{ namespace: INGRESS_NAMESPACE }] : []),
      ...(hasPeers ? [{ namespace: ISTIO_NAMESPACE, labels: { istio: "eastwestgateway" } }] : []),
    ],
    peerCidrs: meshPeerCidrs(target),
  };
}
