import { type Plain, settings } from "../draft";
import type { Noted } from "../found/fact";
import type { Found } from "../found/found";
import type { FoundSubnet } from "../found/network";
import { ImportError } from "../part";
import { isClosed } from "./found-network";
import { zoneSettings } from "./network-parts";

/**
 * The VPC that was found, with its subnets by tier.
 *
 * @throws ImportError where what was read does not have the ids
 */
export function existingSettings(found: Found, zones: readonly string[], at: Noted): Plain {
  const { vpc, subnets } = found.network;
  if (vpc?.id === undefined || vpc.cidr === undefined)
    throw new ImportError(
      `${at.where}: the VPC is not there yet, or its id and range are not in what was read; leave out --keep-vpc, or give the state after an apply`,
    );
  const nodes = tierOf(
    subnets.filter((each) => isOfNodes(each, found)),
    zones,
  );
  const front = tierOf(
    subnets.filter(({ role }) => role === "public"),
    zones,
  );
  const control = tierOf(
    subnets.filter((each) => isOfControlPlane(each, found, nodes)),
    zones,
  );
  const tables = Object.fromEntries(
    Object.entries(nodes).flatMap(([zone, { routeTable }]) =>
      routeTable === undefined ? [] : [[zone, routeTable]],
    ),
  );
  const own = Object.values(control)[0]?.routeTable;
  const hasOwn = own !== undefined && zones.every((zone) => control[zone] !== undefined);
  const hasPublic = zones.every((zone) => front[zone] !== undefined);
  return settings({
    vpcCidr: vpc.cidr,
    secondaryCidrs:
      vpc.secondaryCidrs.length === 0 ? undefined : vpc.secondaryCidrs.map(({ value }) => value),
    ...zoneSettings(zones, found.region, vpc.at),
    egress: egressSettings(found, zones),
    endpoints: isClosed(found) ? { set: "isolated" } : undefined,
    subnets: settings({
      public: hasPublic ? { cidrs: ranges(front) } : undefined,
      nodes: { cidrs: ranges(nodes) },
      controlPlane: hasOwn
        ? { cidrs: ranges(control) }
        : { in: "nodes", reason: "the VPC that was imported has no subnets for the control plane alone" },
    }),
    existing: settings({
      vpcId: vpc.id,
      subnets: settings({
        public: hasPublic ? ids(front) : undefined,
        nodes: ids(nodes),
        controlPlane: hasOwn ? ids(control) : undefined,
      }),
      routeTables: settings({ nodes: tables, controlPlane: hasOwn ? own : undefined }),
      vpcEndpoints: found.network.endpoints.length > 0 ? "existing" : undefined,
    }),
    networkAcls: { kind: "none", reason: "the VPC that was imported has its own" },
  });
}

/** What the VPC's own routes do. */
function egressSettings(found: Found, zones: readonly string[]): Plain {
  if (isClosed(found)) return { kind: "none" };
  if (found.network.natGateways.length >= zones.length) return { kind: "nat-per-zone" };
  return { kind: "nat-single", reason: "the VPC that was imported has no gateway in each zone" };
}

type Tier = Readonly<Record<string, FoundSubnet>>;

/** One of each zone: the widest. */
function tierOf(subnets: readonly FoundSubnet[], zones: readonly string[]): Tier {
  return Object.fromEntries(
    zones.flatMap((zone) => {
      const all = subnets.filter((each) => each.zone === zone && each.id !== undefined);
      const [widest] = [...all].sort((a, b) => prefixOf(a) - prefixOf(b));
      return widest === undefined ? [] : [[zone, widest] as const];
    }),
  );
}

function prefixOf({ cidr }: FoundSubnet): number {
  return Number(cidr?.split("/")[1] ?? 32);
}

function isOfNodes(subnet: FoundSubnet, { groups }: Found): boolean {
  const used = groups.flatMap(({ subnets }) => subnets);
  if (used.length > 0) return subnet.id !== undefined && used.includes(subnet.id);
  return subnet.role === "private";
}

function isOfControlPlane(subnet: FoundSubnet, { cluster }: Found, nodes: Tier): boolean {
  const isOfNodes = Object.values(nodes).some(({ id }) => id === subnet.id);
  return !isOfNodes && subnet.id !== undefined && (cluster?.subnets.includes(subnet.id) ?? false);
}

function ranges(tier: Tier): Plain {
  return Object.fromEntries(Object.entries(tier).map(([zone, { cidr }]) => [zone, cidr ?? ""]));
}

function ids(tier: Tier): Plain {
  return Object.fromEntries(Object.entries(tier).map(([zone, { id }]) => [zone, id ?? ""]));
}
