import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

export interface InspectionRoutesProps {
  /** Endpoint of the firewall in a zone. */
  readonly endpointId: (zone: string) => string;
  /** Route tables of workload subnets by zone. */
  readonly workloadTableIds: Readonly<Record<string, string>>;
  /** Ranges of workload subnets by zone. Each is exactly a subnet's: AWS takes no other range inside the VPC. */
  readonly workloadCidrs: Readonly<Record<string, readonly string[]>>;
  readonly publicTableId: string;
  /** Ranges of public subnets by zone. */
  readonly publicCidrs: Readonly<Record<string, string>>;
}

/**
 * Routes that lead traffic through a firewall in both directions. The endpoint is always that of the workload's zone,
 * also for a load balancer of another zone: a firewall that sees one direction only stops the flow.
 */
export class InspectionRoutes extends Construct {
  constructor(scope: Construct, id: string, props: InspectionRoutesProps) {
    super(scope, id);
    const { endpointId, workloadTableIds, workloadCidrs, publicTableId, publicCidrs } = props;
    for (const [zone, routeTableId] of Object.entries(workloadTableIds).sort()) {
      const vpcEndpointId = endpointId(zone);
      const lead = (name: string, table: string, destinationCidrBlock: string) =>
        new Route(this, name, { routeTableId: table, destinationCidrBlock, vpcEndpointId });

      lead(`out-${zone}`, routeTableId, "0.0.0.0/0");
      for (const [publicZone, cidr] of Object.entries(publicCidrs).sort()) {
        lead(`${zone}-to-public-${publicZone}`, routeTableId, cidr);
      }
      for (const cidr of workloadCidrs[zone] ?? []) {
        lead(`back-to-${zone}-${cidr.replace(/[./]/g, "-")}`, publicTableId, cidr);
      }
    }
  }
}
