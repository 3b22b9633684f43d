/** An IPv4 or IPv6 address as a number. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export interface Prefix {
  /** The first address. */
  readonly base: Address;
  readonly length: number;
}

const WIDTH = { 4: 32, 6: 128 } as const;

/** Undefined: the text is not an address. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** `10.0.0.0/8`; host bits are cut off, as the engines do. A bare address is the range of that one. Undefined: it is neither. */
export function parsePrefix(text: string): Prefix | undefined {
  const [address = "", bits, ...rest] = text.split("/");
  const parsed = parseAddress(address);
  if (parsed === undefined || rest.length > 0) return undefined;
  const width = WIDTH[parsed.family];
  if (bits === undefined) return { base: parsed, length: width };
  if (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > width) return undefined;
  return { base: masked(parsed, Number(bits)), length: Number(bits) };
}

export function isIn(address: Address, { base, length }: Prefix): boolean {
  return address.family === base.family && masked(address, length).value === base.value;
}

export function lastOf({ base, length }: Prefix): Address {
  return { family: base.family, value: base.value + (1n << BigInt(WIDTH[base.family] - length)) - 1n };
}

/** Whether every address of one is in the other. */
export function isWithin(inner: Prefix, outer: Prefix): boolean {
  return outer.length <= inner.length && isIn(inner.base, outer);
}

export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index)) & 0xffffn);
  return groups.map((group) => group.toString(16)).join(":");
}

function masked({ family, value }: Address, length: number): Address {
  const host = BigInt(WIDTH[family] - length);
  return { family, value: (value >> host) << host };
}

function parseIpv4(text: string): Address | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((each) => /^(0|[1-9]\d{0,2})$/.test(each) && Number(each) < 256))
    return undefined;
  return { family: 4, value: octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n) };
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<bigint>(Math.max(missing, 0)).fill(0n), ...(tail ?? [])];
  return { family: 6, value: groups.reduce((value, group) => value * 65536n + group, 0n) };
}

function groupsOf(half: string): bigint[] | undefined {
  if (half === "") return [];
  const groups = half.split(":").flatMap((group, index, all): (bigint | undefined)[] => {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) return [BigInt(`0x${group}`)];
    const mapped = index === all.length - 1 ? parseIpv4(group) : undefined;
    return mapped === undefined ? [undefined] : [mapped.value >> 16n, mapped.value & 0xffffn];
  });
  return groups.every((group) => group !== undefined) ? groups : undefined;
}
