import type { NetworkConfig } from "../config/schema/network/network";

type ZoneConfig = Pick<NetworkConfig, "zones" | "controlPlaneZones" | "retiringZones">;

/** Availability zones of a target, each list in order and without double ones. */
export interface Zones {
  /** In which new nodes, pods, endpoints and load balancers are put. */
  readonly inUse: readonly string[];
  /** That have subnets for nodes and pods: those in use, and those that are on their way out. */
  readonly kept: readonly string[];
  /** Of the control plane's interfaces. EKS has them stay as they were when it made the cluster (docs/adr/0009). */
  readonly controlPlane: readonly string[];
}

/** With more, the control plane's have to be said: AWS gives it two to four interfaces, and only its zones are for ever. */
export const MOST_ZONES_UNSAID = 3;

export function zonesOf({ zones, retiringZones, controlPlaneZones }: ZoneConfig): Zones {
  return {
    inUse: inOrder(zones),
    kept: inOrder([...zones, ...retiringZones]),
    controlPlane: inOrder(controlPlaneZones ?? zones),
  };
}

function inOrder(zones: readonly string[]): string[] {
  return [...new Set(zones)].sort();
}
