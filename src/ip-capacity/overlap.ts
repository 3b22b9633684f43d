import { type Cidr, formatCidr, lastAddress } from "./cidr";

/** A range of addresses that someone in the fleet uses. */
export interface FleetNetwork {
  /** Unique, for example `prod/us-east-1 vpc`. */
  readonly name: string;
  /** Whose it is: a target such as `prod/us-east-1`, or the site it belongs to. */
  readonly owner: string;
  readonly kind: "vpc" | "pods" | "services" | "on-premises";
  readonly cidr: Cidr;
  /** What connects it to others: peerings, meshes, transit gateways, on-premises links. */
  readonly connections: readonly string[];
  /** Never seen outside its owner (overlay pods, services, IPv6 clusters), so that another owner may use it too. */
  readonly reusable: boolean;
  /** The network that contains it on purpose, as a VPC contains its pod subnets. */
  readonly within?: string;
}

export interface Overlap {
  readonly a: FleetNetwork;
  readonly b: FleetNetwork;
  /** What connects the two; empty where only their owner is the same. */
  readonly connections: readonly string[];
}

export interface FleetOverlaps {
  /** Pairs that cannot both be reached. */
  readonly conflicts: readonly Overlap[];
  /** Pairs that overlap and may, because neither is seen outside its owner. */
  readonly reused: readonly Overlap[];
}

/**
 * Every overlapping pair of networks with the same owner or a connection in common. CIDR blocks either nest or are
 * apart, so one pass in order of address with the blocks around it on a stack finds them all: n log n and the pairs.
 */
export function fleetOverlaps(networks: readonly FleetNetwork[]): FleetOverlaps {
  const ordered = [...networks].sort((a, b) => a.cidr.base - b.cidr.base || a.cidr.prefix - b.cidr.prefix);
  const conflicts: Overlap[] = [];
  const reused: Overlap[] = [];
  const around: FleetNetwork[] = [];
  for (const b of ordered) {
    while (endsBefore(around.at(-1), b)) around.pop();
    for (const a of around) {
      const connections = a.connections.filter((connection) => b.connections.includes(connection));
      const sameOwner = a.owner === b.owner;
      if (connections.length === 0 && !sameOwner) continue;
      if (a.within === b.name || b.within === a.name) continue;
      const mayReuse = a.reusable && b.reusable && !sameOwner;
      (mayReuse ? reused : conflicts).push({ a, b, connections });
    }
    around.push(b);
  }
  return { conflicts, reused };
}

function endsBefore(earlier: FleetNetwork | undefined, next: FleetNetwork): boolean {
  return earlier !== undefined && lastAddress(earlier.cidr) < next.cidr.base;
}

/** `prod vpc 10.0.0.0/16 overlaps dev vpc 10.0.128.0/17, connected by tgw-1`. */
export function formatOverlap({ a, b, connections }: Overlap): string {
  const link = connections.length > 0 ? `, connected by ${connections.join(", ")}` : `, both of ${a.owner}`;
  return `${a.name} ${formatCidr(a.cidr)} overlaps ${b.name} ${formatCidr(b.cidr)}${link}`;
}
