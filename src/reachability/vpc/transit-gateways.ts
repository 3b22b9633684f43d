import type { Resource } from "../../guardrails/resource";
import { isFalse, isTrue, isUnknown, text, type Value } from "../../values/value";
import { Keys, type Key } from "./keys";
import type { Range } from "./ranges";

/** A VPC on a transit gateway. */
export interface Attachment {
  readonly key: Key;
  readonly gateway: Key;
  readonly vpc: Key;
  readonly subnets: readonly Key[];
}

/** A route of a transit gateway's table. */
export interface GatewayRoute {
  readonly key: Key;
  /** "propagated": whatever is behind the attachment. */
  readonly destination: Range | "propagated";
  /** "blackhole": packets are dropped. */
  readonly attachment: Key;
}

/** Route tables of transit gateways, as far as these stacks make them. */
export interface TransitTables {
  /**
   * The table that an attachment's packets go by; `NO_TABLE`: it is associated with none, and nothing that it sends gets anywhere.
   * Undefined: the gateway's owner says so elsewhere.
   */
  readonly tableOf: ReadonlyMap<Key, Key>;
  /** By table, of those that the stacks make. */
  readonly routes: ReadonlyMap<Key, readonly GatewayRoute[]>;
  /** Tables that attachments of other accounts may add routes to. */
  readonly shared: ReadonlySet<Key>;
}

export const NO_TABLE = "none";
export const BLACKHOLE = "blackhole";

const PARTS = [
  "aws_ec2_transit_gateway_route_table_association",
  "aws_ec2_transit_gateway_route_table_propagation",
  "aws_ec2_transit_gateway_route",
  "aws_ec2_transit_gateway_prefix_list_reference",
];

export function readAttachments(keys: Keys): Attachment[] {
  return keys.ofType("aws_ec2_transit_gateway_vpc_attachment").map((each) => ({
    key: Keys.of(each),
    gateway: keys.key(each.attributes.transit_gateway_id, each.stack) ?? "?transit_gateway_id",
    vpc: keys.key(each.attributes.vpc_id, each.stack) ?? "?vpc_id",
    subnets: keys.keys(each.attributes.subnet_ids, each.stack),
  }));
}

/** The default table is made with a gateway; a VPC's attachment is in it and known by it, unless one of both says otherwise (Transit Gateway Guide, "Route tables"). */
export function readTransitTables(keys: Keys, attachments: readonly Attachment[]): TransitTables {
  const made = keys.ofType("aws_ec2_transit_gateway");
  const gateways = new Map(made.map((each) => [Keys.of(each), each]));
  const tableOf = new Map<Key, Key>();
  const routes = new Map<Key, GatewayRoute[]>(
    keys.ofType("aws_ec2_transit_gateway_route_table").map((each) => [Keys.of(each), []]),
  );
  for (const key of gateways.keys()) routes.set(defaultTable(key), []);
  const add = (table: Key | undefined, route: GatewayRoute) => {
    if (table !== undefined) routes.get(table)?.push(route);
  };
  for (const { key, gateway } of attachments) {
    const owner = gateways.get(gateway);
    if (owner === undefined) continue;
    const own = keys.resources.find((each) => Keys.of(each) === key)?.attributes ?? {};
    const isIn = (part: "association" | "propagation") =>
      text(owner.attributes[`default_route_table_${part}`]) !== "disable" &&
      !isFalse(own[`transit_gateway_default_route_table_${part}`]);
    tableOf.set(key, isIn("association") ? defaultTable(gateway) : NO_TABLE);
    if (isIn("propagation")) add(defaultTable(gateway), { key, destination: "propagated", attachment: key });
  }
  for (const each of PARTS.flatMap((type) => keys.ofType(type))) {
    const table = tableKey(each.attributes.transit_gateway_route_table_id, each.stack, keys);
    const attachment = keys.key(each.attributes.transit_gateway_attachment_id, each.stack);
    const key = Keys.of(each);
    if (each.type === "aws_ec2_transit_gateway_route_table_association" && attachment !== undefined)
      tableOf.set(attachment, table ?? NO_TABLE);
    if (each.type === "aws_ec2_transit_gateway_route_table_propagation" && attachment !== undefined)
      add(table, { key, destination: "propagated", attachment });
    if (each.type === "aws_ec2_transit_gateway_route")
      add(table, {
        key,
        destination: keys.range(each.attributes.destination_cidr_block, each.stack),
        attachment: targetOf(each, attachment),
      });
    if (each.type === "aws_ec2_transit_gateway_prefix_list_reference")
      add(table, {
        key,
        destination: {
          kind: "unknown",
          text: `prefix list ${keys.text(each.attributes.prefix_list_id, each.stack)}`,
        },
        attachment: targetOf(each, attachment),
      });
  }
  return {
    tableOf,
    routes,
    shared: new Set(
      made
        .filter(({ attributes }) => text(attributes.auto_accept_shared_attachments) === "enable")
        .map((each) => defaultTable(Keys.of(each))),
    ),
  };
}

function targetOf({ attributes }: Resource, attachment: Key | undefined): Key {
  return isTrue(attributes.blackhole) ? BLACKHOLE : (attachment ?? "?transit_gateway_attachment_id");
}

function defaultTable(gateway: Key): Key {
  return `${gateway}.association_default_route_table_id`;
}

const DEFAULT =
  /^\$\{(aws_ec2_transit_gateway\.[\w-]+)\.(?:association|propagation)_default_route_table_id\}$/;

function tableKey(table: Value, stack: string, keys: Keys): Key | undefined {
  const gateway = isUnknown(table) ? DEFAULT.exec(table.text)?.[1] : undefined;
  return gateway === undefined ? keys.key(table, stack) : defaultTable(`${stack}/${gateway}`);
}
