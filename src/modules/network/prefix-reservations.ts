import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { Construct } from "constructs";

export interface PrefixReservationsProps {
  /** By zone. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** By zone; a zone without a subnet is left out. */
  readonly cidrs: Readonly<Record<string, readonly string[]>>;
}

/**
 * Room in subnets that EC2 gives to /28 prefixes only, so that single addresses can't break it up (VPC User Guide,
 * "Subnet CIDR reservations"). Keyed by CIDR: a reservation that grows is a new one beside the old.
 */
export class PrefixReservations extends Construct {
  constructor(scope: Construct, id: string, { subnetIds, cidrs }: PrefixReservationsProps) {
    super(scope, id);
    for (const [zone, subnetId] of Object.entries(subnetIds)) {
      for (const cidrBlock of cidrs[zone] ?? []) {
        new Ec2SubnetCidrReservation(this, `${zone}-${cidrBlock.replace(/[./]/g, "-")}`, {
          subnetId,
          cidrBlock,
          reservationType: "prefix",
          description: "Prefixes of pods",
        });
      }
    }
  }
}
