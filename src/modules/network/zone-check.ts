import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Construct } from "constructs";

export interface ZoneCheckProps {
  /** Names of the zones, as the account has them. */
  readonly zones: readonly string[];
  /** Ids of zones where EKS has no control planes; at least one. */
  readonly refused: readonly string[];
}

/**
 * Stops a plan whose zones are some that EKS refuses. Only the account knows which zone a name stands for, so it is asked:
 * a data source whose arguments are known is read before anything is made.
 */
export class ZoneCheck extends Construct {
  constructor(scope: Construct, id: string, { zones, refused }: ZoneCheckProps) {
    super(scope, id);
    const ids = refused.join(", ");
    new DataAwsAvailabilityZones(this, "zones", {
      filter: [{ name: "zone-name", values: zones.toSorted() }],
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(setintersection(self.zone_ids, ${JSON.stringify(refused)})) == 0}`,
            errorMessage: `EKS has no control planes in ${ids}, and in this account that is one of ${zones.toSorted().join(", ")}. "aws ec2 describe-availability-zones" tells which (names differ by account); write others in network.controlPlaneZones (by default network.zones); nodes may be there.`,
          },
        ],
      },
    });
  }
}
