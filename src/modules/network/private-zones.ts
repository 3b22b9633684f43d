import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { Construct } from "constructs";

export interface PrivateZonesProps {
  readonly name: string;
  readonly vpcId: string;
  /** Domains that get a private hosted zone. */
  readonly domains: readonly string[];
  /** Existing private hosted zones, by id. */
  readonly associatedZoneIds: readonly string[];
}

/** Names that only the VPC sees. */
export class PrivateZones extends Construct {
  /** Zone ids by domain. */
  readonly zoneIds: Record<string, string>;

  constructor(scope: Construct, id: string, { name, vpcId, domains, associatedZoneIds }: PrivateZonesProps) {
    super(scope, id);
    this.zoneIds = Object.fromEntries(
      [...domains].sort().map((domain) => {
        const zone = new Route53Zone(this, domain.replaceAll(".", "_"), {
          name: domain,
          comment: `Private names of ${name}`,
          vpc: [{ vpcId }],
          // Other VPCs join by resources of their own, which this one would otherwise take away again.
          lifecycle: { ignoreChanges: ["vpc"] },
        });
        return [domain, zone.zoneId];
      }),
    );
    for (const zoneId of associatedZoneIds)
      new Route53ZoneAssociation(this, `associated-${zoneId}`, { zoneId, vpcId });
  }
}
