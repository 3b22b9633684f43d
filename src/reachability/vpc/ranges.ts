import { isWithin, lastOf, type Prefix, parsePrefix, formatAddress } from "../policy/addresses";

/** Addresses of one family. */
export type Range =
  | { readonly kind: "prefix"; readonly prefix: Prefix }
  /** A VPC's IPv6 block, which AWS chooses, or a part of it. */
  | { readonly kind: "block"; readonly vpc: string; readonly part?: string }
  /** Whatever a public name leads to. */
  | { readonly kind: "public"; readonly family: 4 | 6 }
  | { readonly kind: "unknown"; readonly text: string };

/** How much of a flow's addresses a rule's are: all, some, none, or who knows. */
export type Share = "all" | "some" | "none" | "unknown";

/** Addresses that no public name leads to (RFC 6890, RFC 5771, RFC 1112). */
const RESERVED = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
].map((each) => prefixOf(each));

function prefixOf(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (prefix === undefined) throw new TypeError(`${text} is not a range`);
  return prefix;
}

/** A text as a range; undefined where it is none. */
export function parseRange(text: string): Range | undefined {
  const prefix = parsePrefix(text);
  return prefix && { kind: "prefix", prefix };
}

export const ANYWHERE: Readonly<Record<4 | 6, Range>> = {
  4: { kind: "prefix", prefix: prefixOf("0.0.0.0/0") },
  6: { kind: "prefix", prefix: prefixOf("::/0") },
};

export function familyOf(range: Range): 4 | 6 | undefined {
  if (range.kind === "prefix") return range.prefix.base.family;
  if (range.kind === "block") return 6;
  return range.kind === "public" ? range.family : undefined;
}

/** What part of a flow's addresses is among a rule's. */
export function shareOf(flow: Range, rule: Range): Share {
  if (flow.kind === "unknown" || rule.kind === "unknown") return isAnywhere(rule) ? "all" : "unknown";
  if (familyOf(flow) !== familyOf(rule)) return "none";
  if (rule.kind === "public") return "unknown";
  if (rule.kind === "block") {
    if (flow.kind !== "block") return flow.kind === "prefix" && isReserved(flow.prefix) ? "none" : "unknown";
    if (flow.vpc !== rule.vpc) return "none";
    if (rule.part === undefined || rule.part === flow.part) return "all";
    return flow.part === undefined ? "some" : "none";
  }
  const { prefix } = rule;
  if (flow.kind === "block") return prefix.length === 0 ? "all" : isReserved(prefix) ? "none" : "unknown";
  if (flow.kind === "public") return prefix.length === 0 ? "all" : isReserved(prefix) ? "none" : "some";
  if (isWithin(flow.prefix, prefix)) return "all";
  return isWithin(prefix, flow.prefix) ? "some" : "none";
}

export function isAnywhere(range: Range): boolean {
  return range.kind === "prefix" && range.prefix.length === 0;
}

function isReserved(prefix: Prefix): boolean {
  return RESERVED.some((each) => isWithin(prefix, each));
}

/** Whether a range is of the public internet, as far as its addresses tell. */
export function isPublic(range: Range): boolean {
  return range.kind === "public" || (range.kind === "prefix" && !isReserved(range.prefix));
}

/** Whether the internet has no way to any of its addresses. */
export function isPrivate(range: Range): boolean {
  return range.kind === "prefix" && isReserved(range.prefix);
}

/** The two halves of a range; undefined of a single address, and of what has no known addresses. */
export function halves(range: Range): readonly [Range, Range] | undefined {
  if (range.kind !== "prefix") return undefined;
  const { base, length } = range.prefix;
  const width = base.family === 4 ? 32 : 128;
  if (length === width) return undefined;
  const middle = { family: base.family, value: base.value + (1n << BigInt(width - length - 1)) };
  return [
    { kind: "prefix", prefix: { base, length: length + 1 } },
    { kind: "prefix", prefix: { base: middle, length: length + 1 } },
  ];
}

export function lengthOf(range: Range): number {
  if (range.kind === "prefix") return range.prefix.length;
  // AWS gives a VPC a /56, and a subnet a /64 (VPC User Guide, "IPv6 VPC CIDR blocks").
  return range.kind === "block" ? (range.part === undefined ? 56 : 64) : 0;
}

const keys = new WeakMap<Range, string>();

/** Equal for equal ranges. */
export function rangeKey(range: Range): string {
  const known =
    keys.get(range) ?? (range.kind === "block" ? `${range.vpc} ${range.part ?? ""}` : rangeText(range));
  keys.set(range, known);
  return known;
}

export function rangeText(range: Range): string {
  switch (range.kind) {
    case "prefix": {
      const { base, length } = range.prefix;
      const text = `${formatAddress(base)}/${length}`;
      return lastOf(range.prefix).value === base.value ? formatAddress(base) : text;
    }
    case "block":
      return "the VPC's IPv6 range";
    case "public":
      return range.family === 4 ? "the internet" : "the internet by IPv6";
    case "unknown":
      return range.text;
  }
}
