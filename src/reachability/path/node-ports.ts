import type { Need } from "../needs/need";
import type { VpcWorld } from "../vpc/world";

/** First and last of the ports that Kubernetes gives Services on nodes (`--service-node-port-range`, its default): which one of them is said by nobody. */
export const NODE_PORTS: readonly number[] = [30000, 32767];

/**
 * Whether a load balancer calls nodes instead of the pods: it is told to, or pods have addresses of an overlay, to which
 * nothing outside of the nodes has a way. Whoever calls a node's port is `world` to policies of an overlay's pods, on other nodes
 * too (cilium/cilium v1.19.6, bpf/lib/nodeport.h, `tail_nodeport_nat_egress_ipv4`); without an overlay those see the first node.
 */
export function callsNodes(
  { from, to, byNodes }: Need,
  network: { readonly vpc: VpcWorld; readonly target: string } | undefined,
): boolean {
  if (from.kind !== "load-balancer" || to.kind !== "pods") return false;
  const overlay = network?.vpc.clusters.get(network.target)?.pods?.overlay;
  return byNodes === true || (overlay !== undefined && to.pods.hostNetwork !== true);
}
