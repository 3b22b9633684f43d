import { field, items, type Json, text, texts } from "../../terraform-plan/json";
import { containsRange } from "./ranges";

/** One way through a security group: to whom, by which protocol and ports. */
export interface Opening {
  readonly direction: "ingress" | "egress";
  readonly peer: string;
  /** `-1` is every protocol. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** Every address of IPv4 or IPv6. Halves of it count, too: that is how it is hidden from checks. */
export function isAnywhere(peer: string): boolean {
  return ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"].includes(peer);
}

/** A range that AWS does not route on the internet (RFC 1918, RFC 6598, unique local). */
export function isPrivateRange(peer: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/i.test(
    peer,
  );
}

/** Openings of `aws_security_group_rule`. */
export function openingsOfRule(values: Json): Opening[] {
  const direction = field(values, "type") === "egress" ? "egress" : "ingress";
  return openings(direction, values, [
    ...texts(field(values, "cidr_blocks")),
    ...texts(field(values, "ipv6_cidr_blocks")),
    ...texts(field(values, "prefix_list_ids")),
    ...one(text(field(values, "source_security_group_id"))),
    ...(field(values, "self") === true ? ["its own members"] : []),
  ]);
}

/** Openings of `aws_vpc_security_group_ingress_rule` and `_egress_rule`. */
export function openingsOfVpcRule(direction: "ingress" | "egress", values: Json): Opening[] {
  const peers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];
  return openings(
    direction,
    values,
    peers.flatMap((key) => one(text(field(values, key)))),
  );
}

/** Openings written inside `aws_security_group`. */
export function openingsOfGroup(values: Json): Opening[] {
  return (["ingress", "egress"] as const).flatMap((direction) =>
    items(field(values, direction)).flatMap((block) =>
      openings(direction, block, [
        ...texts(field(block, "cidr_blocks")),
        ...texts(field(block, "ipv6_cidr_blocks")),
        ...texts(field(block, "prefix_list_ids")),
        ...texts(field(block, "security_groups")),
        ...(field(block, "self") === true ? ["its own members"] : []),
      ]),
    ),
  );
}

function openings(direction: Opening["direction"], values: Json, peers: readonly string[]): Opening[] {
  const protocol = text(field(values, "protocol")) ?? text(field(values, "ip_protocol")) ?? "-1";
  const all = protocol === "-1" || protocol === "all";
  const port = (key: string, none: number): number => {
    const value = field(values, key);
    return all || typeof value !== "number" || value < 0 ? none : value;
  };
  return peers.map((peer) => ({
    direction,
    peer,
    protocol: all ? "-1" : protocol.toLowerCase(),
    from: port("from_port", 0),
    to: port("to_port", 65535),
  }));
}

function one(value: string | undefined): string[] {
  return value === undefined || value === "" ? [] : [value];
}

/** Whether all that `inner` lets through goes through `outer`, too. Ranges of addresses are compared. */
export function covers(outer: Opening, inner: Opening): boolean {
  return (
    outer.direction === inner.direction &&
    (outer.protocol === "-1" || outer.protocol === inner.protocol) &&
    outer.from <= inner.from &&
    outer.to >= inner.to &&
    (outer.peer === inner.peer || containsRange(outer.peer, inner.peer))
  );
}
