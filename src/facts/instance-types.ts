import { ExpectedError } from "../text/errors";
import { listed } from "../text/listed";
import { distance } from "fastest-levenshtein";

import published from "./ec2-instance-types.json";

/** What EC2 publishes about an instance type, as far as addresses, size and price go. */
export interface InstanceType {
  readonly name: string;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly arch: readonly string[];
  /** AWS's own flag. It is false for m5 and other types that are still sold. */
  readonly currentGeneration: boolean;
  /** ENIs of the default network card. The VPC CNI and EKS count no other card. */
  readonly enis: number;
  /** IPv4 addresses of one ENI, its primary address included. */
  readonly ipv4PerEni: number;
  readonly ipv6PerEni: number;
  /** Whether a trunk ENI can be attached, which security groups for pods need; null where none publishes it. */
  readonly trunking: boolean | null;
  /** Branch ENIs of the trunk; null where none publishes it. */
  readonly branchEnis: number | null;
  readonly hypervisor: "nitro" | "xen";
  readonly bareMetal: boolean;
  /** Linux, shared tenancy, in the region of `priceSource`; undefined where the type is not sold there. */
  readonly onDemandUsdPerHour?: number;
}

type Published = Omit<InstanceType, "name" | "hypervisor"> & { readonly hypervisor: string };

const table: Readonly<Record<string, Published>> = published.instanceTypes;

/** Where the figures of an instance type come from. */
export const instanceTypeSource = published.source;

/** What the prices are: region, day, tenancy. */
export const priceSource: Readonly<Record<"region" | "currency" | "asOf" | "os" | "tenancy", string>> =
  published.prices;

/**
 * Types whose published limit adds up several network cards. The figure here is that of the default card.
 * Source: aws/amazon-vpc-cni-k8s misc/eni-max-pods.txt and awslabs/amazon-eks-ami instance-info.jsonl, which count
 * card 0 alone. trn2u.48xlarge is in neither; it publishes the same total as trn2.48xlarge and is counted like it.
 */
const enisOfDefaultCard: Readonly<Record<string, number>> = {
  "hpc6id.32xlarge": 1,
  "hpc7a.12xlarge": 2,
  "hpc7a.24xlarge": 2,
  "hpc7a.48xlarge": 2,
  "hpc7a.96xlarge": 2,
  "hpc8a.96xlarge": 2,
  "trn2.48xlarge": 2,
  "trn2u.48xlarge": 2,
};

const types = new Map<string, InstanceType>();

/** The type's figures, or undefined if it is not in the table. */
export function instanceType(name: string): InstanceType | undefined {
  const figures = Object.hasOwn(table, name) ? table[name] : undefined;
  if (figures === undefined) return undefined;
  const known = types.get(name) ?? {
    ...figures,
    name,
    enis: enisOfDefaultCard[name] ?? figures.enis,
    hypervisor: figures.hypervisor === "xen" ? "xen" : "nitro",
  };
  types.set(name, known);
  return known;
}

export function instanceTypeNames(): readonly string[] {
  return Object.keys(table);
}

/** Every type of the table. */
export function allInstanceTypes(): readonly InstanceType[] {
  return Object.keys(table).map(requireInstanceType);
}

/** Up to `limit` names that a mistyped one may have meant, the nearest first. */
export function nearestInstanceTypes(name: string, limit = 3): readonly string[] {
  const wanted = name.toLowerCase();
  return instanceTypeNames()
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate) }))
    .filter(({ edits }) => edits <= Math.max(2, Math.floor(wanted.length / 4)))
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** What to say of a name that is not in the table. */
export function unknownInstanceType(name: string): string {
  const near = nearestInstanceTypes(name);
  const remedy =
    near.length > 0 ? `near it: ${near.join(", ")}` : "write a type as EC2 names it, for example m7g.large";
  return `is not an EC2 instance type; ${remedy}`;
}

/** A name that is not an instance type of the table. The message names near misses. */
export class UnknownInstanceTypeError extends ExpectedError {
  constructor(readonly instanceTypeName: string) {
    const near = nearestInstanceTypes(instanceTypeName);
    const remedy =
      near.length > 0
        ? `did you mean ${listed(near, "or")}?`
        : "write a type as EC2 names it, for example m7g.large";
    super(`${JSON.stringify(instanceTypeName)} is not an EC2 instance type known here; ${remedy}`);
  }
}

/** @throws UnknownInstanceTypeError */
export function requireInstanceType(name: string): InstanceType {
  const found = instanceType(name);
  if (found === undefined) throw new UnknownInstanceTypeError(name);
  return found;
}
