import type { Need } from "../needs/need";
import type { Ports } from "../vpc/first-match";
import type { VpcWorld } from "../vpc/world";

/** The ports that Kubernetes gives Services on nodes (`--service-node-port-range`, its default): which one of them is said by nobody. */
const RANGE: Ports = { from: 30000, to: 32767 };

const edges = new WeakMap<VpcWorld, readonly number[]>();

/**
 * Of the ports that a Service may get on nodes those that stand for all: at each end of a rule's ports, and the next ones. In between
 * no rule of a security group or an ACL says anything else.
 */
export function nodePorts(vpc: VpcWorld): readonly number[] {
  const known = edges.get(vpc) ?? edgesIn(vpc);
  edges.set(vpc, known);
  return known;
}

function edgesIn({ network, groups }: VpcWorld): number[] {
  const acls = [...network.subnets.values()].map((each) => network.aclOf(each));
  const rules = [...acls, ...groups.values()].flatMap(({ ingress, egress }) => [...ingress, ...egress]);
  const ends = rules.flatMap(({ ports }) =>
    ports === undefined || ports === "unknown" ? [] : [ports.from - 1, ports.from, ports.to, ports.to + 1],
  );
  const within = ends.filter((each) => RANGE.from < each && each < RANGE.to);
  return [...new Set([RANGE.from, ...within, RANGE.to])].sort((a, b) => a - b);
}

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
