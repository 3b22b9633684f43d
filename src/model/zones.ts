import type { NetworkConfig } from "../config/schema/network/network";

type Zones = Pick<NetworkConfig, "zones" | "controlPlaneZones" | "retiringZones">;

/** With more, the control plane's have to be said: AWS gives it two to four interfaces, and only its zones are for ever. */
export const MOST_ZONES_UNSAID = 3;

/** Zones in which new nodes, pods, endpoints and load balancers are put, in order. */
export function zonesInUse({ zones }: Pick<Zones, "zones">): readonly string[] {
  return [...new Set(zones)].sort();
}

/** Zones that have subnets for nodes and pods: those in use, and those that are on their way out. */
export function keptZones({
  zones,
  retiringZones,
}: Pick<Zones, "zones" | "retiringZones">): readonly string[] {
  return [...new Set([...zones, ...retiringZones])].sort();
}

/** Zones of the control plane's interfaces. EKS has them stay as they were when it made the cluster (docs/adr/0009). */
export function controlPlaneZones({ zones, controlPlaneZones: chosen }: Zones): readonly string[] {
  return [...new Set(chosen ?? zones)].sort();
}
