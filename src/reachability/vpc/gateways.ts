import { isTrue } from "../../values/value";
import { Keys, type Key } from "./keys";
import { type Attachment, readAttachments, readTransitTables, type TransitTables } from "./transit-gateways";

export interface Peering {
  readonly key: Key;
  /** VPCs of both sides. */
  readonly vpcs: readonly [Key, Key];
  /** Nothing passes before the other side has taken it (VPC Peering Guide, "Create or delete a VPC peering connection"). */
  readonly isAccepted: boolean;
}

export interface Gateways {
  /** Subnets of NAT gateways. */
  readonly nat: ReadonlyMap<Key, Key>;
  /** Those of them that have a private address alone, which no internet gateway takes (VPC User Guide, "NAT gateways"). */
  readonly privateNat: ReadonlySet<Key>;
  /** VPCs of the internet gateways of the stacks; undefined: one is attached to none, and passes nothing on. */
  readonly internet: ReadonlyMap<Key, Key | undefined>;
  /** By the connection's key and by its accepters'. */
  readonly peerings: ReadonlyMap<Key, Peering>;
  readonly attachments: readonly Attachment[];
  /** Tables of transit gateways. */
  readonly transit: TransitTables;
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
  const attachments = readAttachments(keys);
  return {
    nat: new Map(
      keys
        .ofType("aws_nat_gateway")
        .map((each) => [Keys.of(each), keys.key(each.attributes.subnet_id, each.stack) ?? "?subnet_id"]),
    ),
    privateNat: new Set(
      keys
        .ofType("aws_nat_gateway")
        .filter(({ attributes }) => attributes.connectivity_type === "private")
        .map((each) => Keys.of(each)),
    ),
    internet: internetGateways(keys),
    peerings: new Map(peerings),
    attachments,
    transit: readTransitTables(keys, attachments),
  };
}

function internetGateways(keys: Keys): ReadonlyMap<Key, Key | undefined> {
  const attached = keys.ofType("aws_internet_gateway_attachment").map(({ attributes, stack }) => ({
    gateway: keys.key(attributes.internet_gateway_id, stack),
    vpc: keys.key(attributes.vpc_id, stack),
  }));
  return new Map(
    keys.ofType("aws_internet_gateway").map((each) => {
      const key = Keys.of(each);
      const own = keys.key(each.attributes.vpc_id, each.stack);
      return [key, own ?? attached.find(({ gateway }) => gateway === key)?.vpc];
    }),
  );
}
