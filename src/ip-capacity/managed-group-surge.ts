/** EKS replaces at most this many nodes of a group at once. */
const MOST_AT_ONCE = 100;

/**
 * Nodes that an update of a managed node group starts beside the old ones: the larger of twice its zones and the
 * nodes it may take away at once. Source: EKS User Guide, "Understand each phase of node updates", scale up phase.
 */
export function managedGroupSurge(
  zones: number,
  nodes: number,
  pace: { readonly percent: number } | { readonly nodes: number },
): number {
  const taken = "nodes" in pace ? pace.nodes : Math.ceil((nodes * pace.percent) / 100);
  const atOnce = Math.min(taken, nodes, MOST_AT_ONCE);
  return Math.max(2 * zones, atOnce);
}
