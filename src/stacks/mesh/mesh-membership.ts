import { joinsMesh } from "../../model/mesh";
import { meshPeerCidrs } from "../../model/mesh-peers";
import type { Target } from "../../model/target";
import { isInjected } from "../../facts/istio-labels";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";
import type { MeshMembership } from "../../modules/policies/mesh-flows";

/** Where peers' east-west gateways are: addresses that face the internet are AWS's to choose. */
function peerGatewayCidrs(target: Target): string[] {
  const isPublic = target.mesh.peers.some(
    ({ mesh: { istio } }) => istio?.kind === "istio" && istio.eastWestGateway.scheme === "internet-facing",
  );
  return isPublic ? ["0.0.0.0/0"] : meshPeerCidrs(target);
}

/** What the mesh asks of network policies in a namespace; undefined: its labels do not put it into the mesh. */
export function meshMembership(
  target: Target,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): MeshMembership | undefined {
  const { istio: mesh, dataPlane: mode } = target.mesh;
  if (mesh === undefined || mode === undefined) return undefined;
  if (!joinsMesh(mesh, labels)) return undefined;
  return {
    mode,
    controlPlaneNamespace: ISTIO_NAMESPACE,
    peerCidrs: peerGatewayCidrs(target),
    ...(mesh.kind === "istio-ambient" && {
      hasProxies: isInjected(labels) || mesh.waypoints.includes(namespace),
    }),
  };
}
