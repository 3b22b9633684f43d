import { at, items } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { each, ofAccounts } from "../synthesized";

const SOURCE = "cert-manager/cert-manager v1.21.1 pkg/issuer/acme/dns/route53/route53.go";

/** What the DNS01 solver calls in zones that an issuer names by id, or finds by name. */
export function dns01Calls(partition: string, zoneIds: readonly string[], findsZones = false): AwsCall[] {
  const route53 = callsOf("route53", SOURCE);
  const zones = findsZones ? ["*"] : zoneIds;
  return [
    ...(findsZones ? route53("find the zone of a name", "ListHostedZonesByName", ["*"]) : []),
    ...route53(
      "write and delete the challenge's record",
      "ChangeResourceRecordSets",
      zones.map((id) => `arn:${partition}:route53:::hostedzone/${id}`),
      { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
    ),
    ...route53("wait until it is everywhere", "GetChange", [`arn:${partition}:route53:::change/*`]),
  ];
}

export const certManagerAccounts = ofAccounts({
  "cert-manager": ({ place, objects, written }) => {
    const named = objects("ClusterIssuer", "Issuer")
      .flatMap((issuer) => items(at(issuer, "spec", "acme", "solvers")))
      .map((solver) => at(solver, "dns01", "route53"))
      .filter((solver) => solver !== undefined);
    const ids = each(named.map((solver) => written(at(solver, "hostedZoneID"))));
    return named.length === 0 ? [] : dns01Calls(place.partition, ids, ids.length === 0);
  },
});
