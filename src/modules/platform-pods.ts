import { ISTIO_STARTUP_TAINT_KEY } from "../facts/istio-startup-taint";
import { SYSTEM_TAINT } from "../facts/system-taint";

/**
 * Lets the platform's own pods onto the system pool, and onto nodes that wait for Istio's agent: none of them is in the mesh, and
 * until istiod runs nobody else takes that taint off.
 */
export const systemTolerations = [
  { key: SYSTEM_TAINT, operator: "Exists" },
  { key: ISTIO_STARTUP_TAINT_KEY, operator: "Exists" },
] as const;

/** Evicts workloads, if need be, to make room for what the platform needs. Kubernetes has both classes built in. */
export const priorityClass = {
  /** What nodes or the control plane can't do without: CNI, DNS, autoscaler, webhooks that fail closed. */
  critical: "system-cluster-critical",
  /** The same for daemon sets. */
  node: "system-node-critical",
} as const;

/** Spreads replicas over zones, then over nodes, without ever keeping one from being scheduled. */
export function spreadOverZones(matchLabels: Readonly<Record<string, string>>) {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { ...matchLabels } },
  }));
}
