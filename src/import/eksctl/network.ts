import { type Plain, settings } from "../draft";
import type { Part } from "../part";
import type { ImportOptions } from "./options";

/** pkg/apis/eksctl.io/v1alpha5/vpc.go, DefaultCIDR. */
const DEFAULT_CIDR = "192.168.0.0/16";
const MOST_OF_CONTROL_PLANE = 3;

export function networkOf(config: Part, region: string, options: ImportOptions): Plain {
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
    ...zonesOf(config, region),
    ipv6: ipv6Of(config, options),
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

function zonesOf(config: Part, region: string): Readonly<Record<string, Plain>> {
  const zones = zoneNamesOf(config, region);
  const few = zones.slice(0, MOST_OF_CONTROL_PLANE);
  if (zones.length > few.length)
    config
      .at("availabilityZones")
      .changed(`all of them for nodes, and the control plane in ${few.join(", ")}`);
  return {
    zones,
    ...(zones.length > few.length && { controlPlaneZones: few }),
    ...(zones.some((zone) => zone > `${region}d`) && { zoneBlocks: 8 }),
  };
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
  const made = ["a", "b", "c"].map((letter) => region + letter);
  written.changed(`${made.join(", ")}: eksctl takes what the account has; write the zones that yours has`);
  return made;
}

function ipv6Of(config: Part, { ipv6 }: ImportOptions): Plain | undefined {
  const family = config.at("kubernetesNetworkConfig", "ipFamily");
  if (family.text()?.toLowerCase() !== "ipv6") return undefined;
  if (ipv6 === undefined) {
    family.lost(
      "IPv4, which can't be changed later: IPv6 is a decision that somebody has approved; name who by --ipv6-approved-by",
    );
    return undefined;
  }
  family.changed(
    `IPv6, with four approvals by ${ipv6.approvedBy} on ${ipv6.on}: have the owner of each subject confirm it (network.ipv6.readiness)`,
  );
  const approval = {
    approvedBy: ipv6.approvedBy,
    on: ipv6.on,
    note: "taken from an import, to be confirmed",
  };
  return {
    mode: "ipv6",
    readiness: {
      applications: approval,
      "on-premises": approval,
      tooling: approval,
      "allow-lists": approval,
    },
  };
}

function egressOf(config: Part, { production }: ImportOptions): string {
  const gateway = config.at("vpc", "nat", "gateway");
  const written = gateway.text()?.toLowerCase();
  if (isPrivate(config)) return "none";
  if (written === "highlyavailable") return "nat-per-zone";
  if (production) {
    gateway.changed("a NAT gateway in each zone: a single one in production needs a reason in writing");
    return "nat-per-zone";
  }
  if (written === "disable")
    gateway.changed("one NAT gateway: nodes have no public addresses here, and need it to pull images");
  return "nat-single";
}
