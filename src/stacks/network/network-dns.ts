import { onPremisesRanges } from "../../model/connected-ranges";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { Target } from "../../model/target";
import { formatCidr } from "../../ip-capacity/cidr";
import type { NetworkParts } from "../../modules/network/existing-network";
import { PrivateZones } from "../../modules/network/private-zones";
import { ResolverInbound, ResolverOutbound } from "../../modules/network/resolver-endpoints";
import { ResolverQueryLogs } from "../../modules/network/resolver-query-logs";
import { keyOwner } from "../../wiring/key-owner";

export interface NetworkDns {
  readonly privateZoneIds: Record<string, string>;
  readonly resolverInboundIps: string[];
}

/** DNS of the VPC, outside of the cluster. What is inside of it is CoreDNS' (nodes stack). */
export function addDns(scope: Construct, target: Target, network: NetworkParts): NetworkDns {
  const { workspace: name, region, config } = target;
  const { dns, connections } = config.network;
  const { vpcId } = network;
  const endpoint = {
    name,
    vpcId,
    subnetIds: Object.values(network.subnetIds("nodes", target.zones.inUse)),
  };

  const zones = new PrivateZones(scope, "private-zones", {
    name,
    vpcId,
    domains: dns.privateZones,
    associatedZoneIds: dns.associatedZones,
  });
  if (Object.keys(dns.forward).length > 0)
    new ResolverOutbound(scope, "resolver-outbound", { ...endpoint, forward: dns.forward });
  const inbound = dns.resolverInbound
    ? new ResolverInbound(scope, "resolver-inbound", {
        ...endpoint,
        clientCidrs: onPremisesRanges({ connections }).map(formatCidr),
      })
    : undefined;
  if (dns.queryLogs.kind === "cloudwatch") {
    new ResolverQueryLogs(scope, "query-logs", {
      name,
      region,
      vpcId,
      owner: keyOwner(target),
      retentionDays: dns.queryLogs.retentionDays,
    });
  }
  return {
    privateZoneIds: zones.zoneIds,
    resolverInboundIps: inbound === undefined ? [] : Token.asList(inbound.addresses),
  };
}
