import type { Fact, Noted } from "./fact";

/** A resource: where it was found, and what it is called by those who have it. */
export interface FoundThing {
  readonly at: Noted;
  /** Id in AWS, for example `vpc-0a1b2c3d4e5f60718`. Left out before it is made. */
  readonly id?: string;
  /** Address in the Terraform project that it was found in. */
  readonly address?: string;
}

export interface FoundNetwork {
  readonly vpc?: FoundVpc;
  readonly subnets: readonly FoundSubnet[];
  readonly routeTables: readonly FoundThing[];
  readonly natGateways: readonly FoundNatGateway[];
  readonly internetGateway?: FoundThing;
  readonly endpoints: readonly FoundEndpoint[];
}

export interface FoundVpc extends FoundThing {
  /** First IPv4 range. */
  readonly cidr?: string;
  readonly secondaryCidrs: readonly Fact<string>[];
  /** An IPv6 range, or the wish for one. */
  readonly ipv6?: Noted;
  readonly dnsHostnames?: boolean;
  readonly tags: readonly (readonly [string, Fact<string>])[];
}

/** public: a route to an internet gateway; private: one out by NAT or others; isolated: none out of the VPC. */
export type Role = "public" | "private" | "isolated";

export interface FoundSubnet extends FoundThing {
  readonly zone?: string;
  /** IPv4 range. */
  readonly cidr?: string;
  readonly role: Role;
  /** What its owner calls it: of the VPC module `private`, `intra`, `database`. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Id of its route table. */
  readonly routeTable?: string;
}

export interface FoundNatGateway extends FoundThing {
  readonly subnet?: string;
}

export interface FoundEndpoint extends FoundThing {
  /** Last part of the service's name: `s3`, `ecr.api`. */
  readonly service: string;
  readonly kind: string;
}
