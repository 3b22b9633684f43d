/**
 * What a bill depends on and no configuration says. The defaults are round figures to start from and no measurements:
 * every report prints them, and `cost.assumptions` replaces them.
 */
export const assumptionTable = {
  hoursPerMonth: { default: 730, text: "hours in a month (8760 / 12, as AWS's own calculator has it)" },
  natGB: { default: 500, text: "GB a month through NAT gateways, both directions" },
  internetOutGB: { default: 100, text: "GB a month out to the internet" },
  endpointGB: { default: 500, text: "GB a month through interface endpoints" },
  firewallGB: { default: 500, text: "GB a month through the network firewall, if there is one" },
  transitGatewayGB: { default: 500, text: "GB a month into the transit gateway, if there is one" },
  crossZoneGB: { default: 500, text: "GB a month between zones, each GB billed on both sides" },
  crossRegionGB: { default: 100, text: "GB a month to peers in other regions, if there are any" },
  controlPlaneLogsGB: { default: 20, text: "GB a month of control plane logs" },
  flowLogsGB: { default: 50, text: "GB a month of VPC flow logs, before compression" },
  loadBalancerUnits: { default: 1, text: "capacity units that each load balancer uses, on average" },
  poolPercentOfLimit: {
    default: 0,
    text: "what runs now, in percent of each Karpenter pool's CPU limit",
  },
  spotPercentOfOnDemand: {
    default: 100,
    text: "what Spot costs, in percent of the on-demand price (100: the most that Spot costs by default)",
  },
} as const;

export type AssumptionName = keyof typeof assumptionTable;
export type Assumptions = Readonly<Record<AssumptionName, number>>;

export const assumptionNames = Object.keys(assumptionTable) as AssumptionName[];

/** The defaults with what is given in their place. */
export function assumptionsWith(given: Readonly<Partial<Assumptions>>): Assumptions {
  return Object.fromEntries(
    assumptionNames.map((name) => [name, given[name] ?? assumptionTable[name].default]),
  ) as Assumptions;
}
