/** A socket at network interfaces of a VPC: each may be in any of the subnets, and carries all of the groups. */
export interface InterfacePlace {
  readonly kind:
    "node" | "pod" | "control plane" | "load balancer" | "interface endpoint" | "resolver endpoint";
  /** Workspace of the target: `prod-us-east-1`. */
  readonly target: string;
  /** Of a node group, a pool, a balancer, an endpoint: as the stacks call it. */
  readonly name: string;
  /** Keys of subnets: `<stack>/<address>`. */
  readonly subnets: readonly string[];
  /** Keys of security groups, or ids that the configuration gives. */
  readonly securityGroups: readonly string[];
  /** A controller makes it in the cluster, and writes the rules of its security groups. */
  readonly byController?: true;
  /** Of a peer: whom its annotations let in is a need of the peer's own. */
  readonly ofPeer?: true;
}

/** Addresses outside of what the stacks make: a range of another network, or of the internet. */
export interface RangePlace {
  readonly kind: "range";
  readonly range: string;
}

/** Whatever a name leads to: an endpoint with private DNS, a private zone's record, or the internet. */
export interface NamePlace {
  readonly kind: "name";
  readonly name: string;
}

/** What a VPC has at an address of its own, past security groups and network ACLs: its resolver, instance metadata, time. */
export interface LocalServicePlace {
  readonly kind: "resolver" | "imds" | "time";
}

/** Where a socket is in the network. */
export type VpcPlace = InterfacePlace | RangePlace | NamePlace | LocalServicePlace;

export type FlowProtocol = "tcp" | "udp";
