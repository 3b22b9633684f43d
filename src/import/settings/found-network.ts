import { type Plain, settings } from "../draft";
import type { Noted } from "../found/fact";
import type { Found } from "../found/found";
import type { FoundSubnet, FoundVpc } from "../found/network";
import type { ImportOptions } from "../options";
import { guessedZones, ipv6Settings, natSettings, zoneSettings } from "./network-parts";

const UNKNOWN_RANGE = "10.0.0.0/16";

/** A VPC of its own that is like the one that was found. */
export function networkSettings(
  found: Found,
  zones: readonly string[],
  at: Noted,
  options: ImportOptions,
): Plain {
  const { vpc } = found.network;
  if (vpc?.cidr === undefined)
    (vpc?.at ?? at).changed(`${UNKNOWN_RANGE}: the range of the VPC is not in what was read; write vpcCidr`);
  for (const { value, at: range } of vpc?.secondaryCidrs ?? [])
    range.lost(`${value} of the VPC: network.secondaryCidrs takes it, with a tier that refers to it`);
  vpcNotes(found, vpc);
  subnetNotes(found);
  return settings({
    vpcCidr: vpc?.cidr ?? UNKNOWN_RANGE,
    ...zoneSettings(zones, found.region, vpc?.at ?? at),
    ipv6: ipv6Settings(found.cluster?.ipv6, options),
    egress: { kind: egressOf(found, at, options) },
    endpoints: isClosed(found) ? { set: "isolated" } : undefined,
  });
}

function vpcNotes({ cluster }: Found, vpc: FoundVpc | undefined): void {
  if (vpc?.ipv6 !== undefined && cluster?.ipv6 === undefined)
    vpc.ipv6.lost("the VPC has IPv4 alone; network.ipv6 makes it dual-stack, with approvals");
}

/** Where things are, the target decides; that there are tiers of others, its owner should know. */
function subnetNotes({ network: { subnets, endpoints } }: Found): void {
  for (const { at, name } of subnets)
    if (/database|redshift|elasticache|outpost/i.test(name))
      at.lost(
        "the VPC has subnets of load balancers, nodes and control plane; those of others belong to their project",
      );
    else at.changed("subnets are laid out by the platform (network.subnets takes ranges by hand)");
  for (const { at, service } of endpoints)
    at.changed(`${service}: endpoints are those that the target calls (network.endpoints)`);
}

/** Zones of nodes, else of subnets without a way in. */
export function zonesOf({ groups, network: { subnets }, region }: Found, at: Noted): readonly string[] {
  const ofGroups = groups.flatMap(({ zones }) => zones);
  const ofSubnets = subnets.flatMap(({ zone, role }) =>
    zone === undefined || role === "public" ? [] : [zone],
  );
  const isZone = (name: string) => name.startsWith(region) && name.length === region.length + 1;
  const known = [...new Set([...ofGroups, ...ofSubnets].filter(isZone))].sort();
  if (known.length >= 2) return known;
  const all = [...new Set(subnets.flatMap(({ zone }) => zone ?? []).filter(isZone))].sort();
  return all.length >= 2 ? all : guessedZones(region, at, "which zones its subnets are in is not known");
}

/** No way out to the internet for what is not public, and nothing that is. */
export function isClosed({ network: { subnets, natGateways, internetGateway } }: Found): boolean {
  return (
    subnets.length > 0 &&
    natGateways.length === 0 &&
    internetGateway === undefined &&
    subnets.every(({ role }) => role === "isolated")
  );
}

function egressOf(found: Found, at: Noted, options: ImportOptions): string {
  const { natGateways, subnets, vpc } = found.network;
  if (isClosed(found)) return "none";
  const [gateway] = natGateways;
  if (gateway === undefined) {
    const place = vpc?.at ?? at;
    if (subnets.some(({ role }) => role === "private")) {
      place.changed(
        "a NAT gateway: the VPC's way out by another network is egress.kind transit-gateway or proxy",
      );
      return options.production ? "nat-per-zone" : "nat-single";
    }
    return natSettings("none-public", place, options);
  }
  const zones = new Set(subnets.filter(isInside).map(({ zone }) => zone)).size;
  return natSettings(natGateways.length >= Math.max(zones, 2) ? "per-zone" : "single", gateway.at, options);
}

function isInside({ role }: FoundSubnet): boolean {
  return role === "private";
}
