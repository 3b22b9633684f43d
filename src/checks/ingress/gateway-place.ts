import { ingressGatewaysOf } from "../../model/ingress-gateways";
import { podPlaces } from "../../model/pod-places";
import type { Target } from "../../model/target";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";

/**
 * Whether the mesh's gateways and waypoints have a node. They carry teams' traffic and tolerate no taint, not even that of
 * the platform's own nodes; where none takes them, the apply waits for them and fails.
 */
export const gatewayPlaceCheck: TargetCheck = (target) => {
  const { config, region } = target;
  const open = podPlaces(config, region).filter(({ taints }) => taints.length === 0);
  if (open.some(({ hasNodes }) => hasNodes)) return [];
  return gatewayPaths(target).map((path): Finding => ({
    path,
    message:
      open.length === 0
        ? "has no node: its pods tolerate no taint, and every node group and pool has one; add a group or a pool without taints"
        : "has no node: its pods tolerate no taint, and node groups without one start empty; raise the min of one, or add a pool to karpenter",
    related: [["nodes"], ["karpenter"]],
  }));
};

function gatewayPaths({ config: { traffic }, mesh: { istio } }: Target): ConfigPath[] {
  const waypoints = istio?.kind === "istio-ambient" && istio.waypoints.length > 0;
  const byIstio = traffic?.api === "gateway-api" && traffic.implementation === "istio";
  return [
    ...ingressGatewaysOf(istio).map(({ path }) => path),
    ...(istio?.kind === "istio" && istio.peers.length > 0 ? [["mesh", "peers"]] : []),
    ...(waypoints ? [["mesh", "waypoints"]] : []),
    ...(byIstio ? Object.keys(traffic.gateways).map((name) => ["traffic", "gateways", name]) : []),
  ];
}
