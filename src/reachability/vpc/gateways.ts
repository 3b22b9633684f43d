import { isTrue } from "../../values/value";
import { Keys, type Key } from "./keys";

export interface Peering {
  readonly key: Key;
  /** VPCs of both sides. */
  readonly vpcs: readonly [Key, Key];
  /** Nothing passes before the other side has taken it (VPC Peering Guide, "Create or delete a VPC peering connection"). */
  readonly isAccepted: boolean;
}

export interface Attachment {
  readonly key: Key;
  readonly gateway: Key;
  readonly vpc: Key;
  readonly subnets: readonly Key[];
}

export interface Gateways {
  /** Subnets of NAT gateways. */
  readonly nat: ReadonlyMap<Key, Key>;
  /** By the connection's key and by its accepters'. */
  readonly peerings: ReadonlyMap<Key, Peering>;
  readonly attachments: readonly Attachment[];
}

export function readGateways(keys: Keys): Gateways {
  const accepters = keys.ofType("aws_vpc_peering_connection_accepter").map((each) => ({
    key: Keys.of(each),
    connection: keys.key(each.attributes.vpc_peering_connection_id, each.stack),
    isAccepted: isTrue(each.attributes.auto_accept),
  }));
  const peerings = keys.ofType("aws_vpc_peering_connection").flatMap((each): [Key, Peering][] => {
    const { attributes, stack } = each;
    const key = Keys.of(each);
    const own = accepters.filter(({ connection }) => connection === key);
    const peering: Peering = {
      key,
      vpcs: [
        keys.key(attributes.vpc_id, stack) ?? "?vpc_id",
        keys.key(attributes.peer_vpc_id, stack) ?? "?peer_vpc_id",
      ],
      isAccepted: isTrue(attributes.auto_accept) || own.some(({ isAccepted }) => isAccepted),
    };
    return [[key, peering], ...own.map((accepter): [Key, Peering] => [accepter.key, peering])];
  });
  return {
    nat: new Map(
      keys
        .ofType("aws_nat_gateway")
        .map((each) => [Keys.of(each), keys.key(each.attributes.subnet_id, each.stack) ?? "?subnet_id"]),
    ),
    peerings: new Map(peerings),
    attachments: keys.ofType("aws_ec2_transit_gateway_vpc_attachment").map((each) => ({
      key: Keys.of(each),
      gateway: keys.key(each.attributes.transit_gateway_id, each.stack) ?? "?transit_gateway_id",
      vpc: keys.key(each.attributes.vpc_id, each.stack) ?? "?vpc_id",
      subnets: keys.keys(each.attributes.subnet_ids, each.stack),
    })),
  };
}
