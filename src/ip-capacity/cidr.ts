import { ExpectedError } from "../text/errors";

/** An IPv4 block as numbers: `base` is the network address as an unsigned 32-bit integer. */
export interface Cidr {
  readonly base: number;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
}

/** Why a text is no CIDR, and what to write instead where that can be told. */
export class CidrError extends ExpectedError {}

const DOTTED = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * Parses `10.0.0.0/16`. Host bits are refused, never rounded away: a block that
 * is silently another one is how two networks come to overlap.
 *
 * @throws CidrError with the corrected block where there is one
 */
export function parseCidr(text: string): Cidr {
  const parts = DOTTED.exec(text)?.slice(1).map(Number);
  if (parts === undefined) throw new CidrError("is not an IPv4 CIDR; write for example 10.0.0.0/16");
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts;
  if ([a, b, c, d].some((octet) => octet > 255)) throw new CidrError("has an octet above 255");
  if (prefix > 32) throw new CidrError("has a prefix length above /32");

  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const base = address - (address % addressCount(prefix));
  if (base !== address) throw new CidrError(`has host bits set; write ${formatCidr({ base, prefix })}`);
  return { base, prefix };
}

export function formatCidr({ base, prefix }: Cidr): string {
  return `${formatAddress(base)}/${prefix}`;
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Addresses in a block with this prefix length, the reserved ones included. */
export function addressCount(prefix: number): number {
  return 2 ** (32 - prefix);
}

export function lastAddress(cidr: Cidr): number {
  return cidr.base + addressCount(cidr.prefix) - 1;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.base <= lastAddress(b) && b.base <= lastAddress(a);
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.base <= inner.base && lastAddress(inner) <= lastAddress(outer);
}

/** The `index`-th block of `prefix` inside `parent`. */
export function subBlock(parent: Cidr, prefix: number, index: number): Cidr {
  const block = { base: parent.base + index * addressCount(prefix), prefix };
  if (prefix < parent.prefix || !contains(parent, block)) {
    throw new RangeError(`${formatCidr(parent)} has no /${prefix} number ${index}`);
  }
  return block;
}

/** The address `offset` places after the start of the block, such as 2 for the Amazon DNS server of a VPC. */
export function addressAt(cidr: Cidr, offset: number): string {
  return formatAddress(cidr.base + offset);
}
