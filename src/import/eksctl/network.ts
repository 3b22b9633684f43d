import { type Plain, settings } from "../draft";
import type { Noted } from "../found/fact";
import type { Part } from "../part";
import type { ImportOptions } from "../options";
import { guessedZones, ipv6Settings, natSettings, zoneSettings } from "../settings/network-parts";

/** pkg/apis/eksctl.io/v1alpha5/vpc.go, DefaultCIDR. */
const DEFAULT_CIDR = "192.168.0.0/16";

export function networkOf(
  config: Part,
  region: string,
  ipv6: Noted | undefined,
  options: ImportOptions,
): Plain {
  const vpc = config.at("vpc");
  const id = existingId(vpc);
  const cidr = vpc.at("cidr").text();
  if (cidr === undefined && id === undefined)
    vpc.at("cidr").changed(`${DEFAULT_CIDR}, as eksctl makes it where nothing is written`);
  if (id !== undefined)
    id.changed(
      "a VPC of its own with the same range; to keep this one, write network.existing with its subnets and route tables, which this file does not name (docs/addressing.md)",
    );
  return settings({
    vpcCidr: cidr ?? DEFAULT_CIDR,
    ...zoneSettings(zoneNamesOf(config, region), region, config.at("availabilityZones")),
    ipv6: ipv6Settings(ipv6, options),
    egress: { kind: egressOf(config, options) },
    endpoints: isPrivate(config) ? { set: "isolated" } : undefined,
  });
}

/** A cluster that reaches nothing but AWS, by endpoints. */
export function isPrivate(config: Part): boolean {
  return config.at("privateCluster", "enabled").flag() === true;
}

/** What tells that the VPC, or its subnets, exist already. */
function existingId(vpc: Part): Part | undefined {
  const id = vpc.at("id");
  if (id.there) return id;
  const subnets = vpc.at("subnets");
  return subnets.there ? subnets : undefined;
}

/** Those that are written, also as keys of subnets; else the first three of the region. */
function zoneNamesOf(config: Part, region: string): readonly string[] {
  const written = config.at("availabilityZones");
  const zones = written.texts();
  if (zones.length >= 2) return [...new Set(zones)].sort();
  const ofSubnets = ["private", "public"].flatMap((kind) =>
    config
      .at("vpc", "subnets", kind)
      .entries()
      .flatMap(([name, subnet]) => subnet.at("az").text() ?? name),
  );
  const isZone = (name: string) => name.startsWith(region) && name.length === region.length + 1;
  const known = [...new Set(ofSubnets.filter(isZone))].sort();
  if (known.length >= 2) return known;
  return guessedZones(region, written, "eksctl takes what the account has");
}

function egressOf(config: Part, options: ImportOptions): string {
  const gateway = config.at("vpc", "nat", "gateway");
  const written = gateway.text()?.toLowerCase();
  if (isPrivate(config)) return "none";
  const nat = written === "highlyavailable" ? "per-zone" : written === "disable" ? "none-public" : "single";
  return natSettings(nat, gateway, options);
}
