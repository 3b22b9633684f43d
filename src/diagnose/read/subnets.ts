import type { Collected } from "./collected";
import { quoteOf, type Quote } from "./lines";
import { type Found, quoteIn, textAt } from "./values";

export interface SeenSubnet {
  /** Empty where only its addresses were asked for. */
  readonly id: string;
  readonly free: number;
  /** Length of its prefix; undefined where nobody says. */
  readonly prefix: number | undefined;
  readonly zone: string;
  readonly quote: Quote;
}

export function subnetOf({ value, from }: Found): SeenSubnet | undefined {
  const { AvailableIpAddressCount: free } = value;
  if (typeof free !== "number") return undefined;
  const id = textAt(value, "SubnetId");
  const zone = textAt(value, "AvailabilityZone") || textAt(value, "AZ");
  const prefix = /\/(\d+)$/.exec(textAt(value, "CidrBlock"))?.[1];
  return {
    id,
    free,
    prefix: prefix === undefined ? undefined : Number(prefix),
    zone,
    quote: quoteIn(
      from,
      id || String(free),
      `${id || "a subnet"}${zone === "" ? "" : ` in ${zone}`}: AvailableIpAddressCount ${free}`,
    ),
  };
}

/** `--output text`, and queries for nothing but the addresses. */
export function subnetsOfText(from: Collected): SeenSubnet[] {
  if (!/describe-subnets/.test(from.command) || !/AvailableIpAddressCount/.test(from.command)) return [];
  return from.text.split("\n").flatMap((text, index) => {
    const found = /^\s*(?:(subnet-\w+)\s+)?(?:[a-z]{2}-[a-z-]+-\d[a-z]?\s+)?(\d+),?\s*$/.exec(text);
    if (found === null) return [];
    const quote = quoteOf({ file: from.file, number: from.line + index, text, command: "" });
    return { id: found[1] ?? "", free: Number(found[2]), prefix: undefined, zone: "", quote };
  });
}
