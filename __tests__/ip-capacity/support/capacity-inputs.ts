import type { CapacityInput, CapacityZone } from "../../../src/ip-capacity/capacity-input";
import { parseCidr } from "../../../src/ip-capacity/cidr";

const zoneNames = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** Three zones with node subnets of a size and, if asked for, pod subnets of another. */
export function threeZones(nodePrefix: number, podPrefix?: number): readonly CapacityZone[] {
  return zoneNames.map((zone, index) => ({
    zone,
    nodeSubnet: { base: parseCidr("10.0.0.0/16").base + index * 2 ** (32 - nodePrefix), prefix: nodePrefix },
    ...(podPrefix === undefined
      ? {}
      : {
          podSubnet: {
            base: parseCidr("100.64.0.0/10").base + index * 2 ** (32 - podPrefix),
            prefix: podPrefix,
          },
        }),
  }));
}

/** The lab of an IP capacity review: 3 zones, a /22 each, 30 nodes of 25 pods, 20 % surge, 30 % burst. */
export function labInput(more: Partial<CapacityInput> = {}): CapacityInput {
  return {
    target: "lab/us-east-1",
    mode: "secondary-ip",
    zones: threeZones(22),
    groups: [{ name: "general", instanceTypes: ["m5.large"], desiredSize: 90, maxSize: 135 }],
    pools: [],
    nodesPerZone: 30,
    podsPerNode: 25,
    surge: { percent: 20 },
    burst: { percent: 30 },
    ...more,
  };
}

/** A target with room: Cilium with prefixes, pods in subnets of their own, one zone to be lost. */
export function roomyInput(more: Partial<CapacityInput> = {}): CapacityInput {
  return {
    target: "prod/us-east-1",
    mode: "cilium-eni-prefix",
    density: { firstInterfaceIndex: 1 },
    zones: threeZones(22, 18),
    groups: [{ name: "system", instanceTypes: ["m7g.large"], desiredSize: 3, maxSize: 6 }],
    pools: [
      {
        name: "general",
        instanceTypes: ["m7g.xlarge", "c7g.2xlarge"],
        cpuLimit: 500,
        capacity: ["spot", "on-demand"],
      },
    ],
    nodesPerZone: 40,
    podsPerNode: 35,
    surge: { count: 10 },
    infrastructureAddresses: 100,
    loadBalancers: 3,
    growthPercent: 30,
    monthlyGrowthPercent: 2,
    zonesLost: 1,
    network: { natGatewaysPerZone: 1, cidrBlocks: 2 },
    quotas: { vcpusOnDemand: 2000, vcpusSpot: 2000 },
    ...more,
  };
}
