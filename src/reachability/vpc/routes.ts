import type { Resource } from "../../guardrails/resource";
import { at, isAbsent, isUnknown, items, type Value } from "../../values/value";
import { existingNetworks } from "./existing-networks";
import { Keys, type Key } from "./keys";
import type { Vpc } from "./network";
import { lengthOf, type Range, shareOf, isPublic } from "./ranges";

export type Target =
  | { readonly kind: "local" }
  | {
      readonly kind:
        | "internet gateway"
        | "egress-only internet gateway"
        | "nat gateway"
        | "transit gateway"
        | "peering connection"
        | "other";
      readonly key: Key;
    }
  /** An endpoint of a network firewall. */
  | { readonly kind: "firewall"; readonly key: Key; readonly zone: string };

export interface Route {
  /** The route, or the VPC whose local route it is. */
  readonly key: Key;
  readonly destination: Range;
  readonly target: Target;
}

export interface Tables {
  readonly routes: ReadonlyMap<Key, readonly Route[]>;
  /** Tables that take routes of a virtual private gateway, which only the running VPC knows. */
  readonly propagated: ReadonlySet<Key>;
  /** Tables of somebody else's, whose other routes are not in the stacks. */
  readonly foreign: ReadonlySet<Key>;
}

const TARGETS: readonly (readonly [
  attribute: string,
  kind: Exclude<Target["kind"], "local" | "firewall">,
])[] = [
  ["gateway_id", "internet gateway"],
  ["egress_only_gateway_id", "egress-only internet gateway"],
  ["nat_gateway_id", "nat gateway"],
  ["transit_gateway_id", "transit gateway"],
  ["vpc_peering_connection_id", "peering connection"],
  ["network_interface_id", "other"],
  ["vpc_endpoint_id", "other"],
  ["core_network_arn", "other"],
  ["carrier_gateway_id", "other"],
  ["local_gateway_id", "other"],
];

export function readTables(keys: Keys): Tables {
  const routes = new Map<Key, Route[]>();
  const add = (table: Key | undefined, route: Route[]) => {
    if (table !== undefined) routes.set(table, [...(routes.get(table) ?? []), ...route]);
  };
  for (const resource of keys.resources) {
    const { type, attributes, stack } = resource;
    if (type === "aws_route")
      add(keys.key(attributes.route_table_id, stack), routeOf(attributes, resource, keys));
    if (type === "aws_route_table")
      add(
        Keys.of(resource),
        items(attributes.route).flatMap((each) => routeOf(each, resource, keys)),
      );
  }
  return {
    routes,
    propagated: new Set(keys.resources.flatMap((each) => propagatedInto(each, keys))),
    foreign: new Set(
      existingNetworks(keys.resources).flatMap(({ subnets }) => subnets.map(({ table }) => table)),
    ),
  };
}

function propagatedInto(resource: Resource, keys: Keys): Key[] {
  const { type, attributes, stack } = resource;
  if (type === "aws_vpn_gateway_route_propagation") return keys.keys(attributes.route_table_id, stack);
  return type === "aws_route_table" && !isAbsent(attributes.propagating_vgws) ? [Keys.of(resource)] : [];
}

function routeOf(route: Value, owner: Resource, keys: Keys): Route[] {
  const destination = [
    "destination_cidr_block",
    "cidr_block",
    "destination_ipv6_cidr_block",
    "ipv6_cidr_block",
  ]
    .map((each) => at(route, each))
    .find((each) => !isAbsent(each));
  const list = at(route, "destination_prefix_list_id");
  if (destination === undefined && isAbsent(list)) return [];
  return [
    {
      key: Keys.of(owner),
      destination:
        destination === undefined
          ? { kind: "unknown", text: `prefix list ${keys.text(list, owner.stack)}` }
          : keys.range(destination, owner.stack),
      target: targetOf(route, owner.stack, keys),
    },
  ];
}

function targetOf(route: Value, stack: string, keys: Keys): Target {
  const [attribute, kind] = TARGETS.find(([each]) => !isAbsent(at(route, each))) ?? ["", "other"];
  const value = at(route, attribute);
  if (value === "local") return { kind: "local" };
  const firewall = isUnknown(value) && firewallEndpoint(value.text, stack);
  if (firewall) return firewall;
  const key = keys.key(value, stack) ?? "?nothing";
  // A virtual private gateway is a gateway too.
  return { kind: /aws_vpn_gateway|^vgw-/.test(key) ? "other" : kind, key };
}

/** The endpoint of a firewall in a zone, out of the set that the firewall has. */
function firewallEndpoint(expression: string, stack: string): Target | undefined {
  const [, name, zone] =
    /(aws_networkfirewall_firewall\.[\w-]+)\.firewall_status\b.*availability_zone == "([^"]+)"/.exec(
      expression,
    ) ?? [];
  return name === undefined || zone === undefined
    ? undefined
    : { kind: "firewall", key: `${stack}/${name}`, zone };
}

/**
 * Every route that some of a range's addresses take: the longest that holds all of them, and the longer ones within
 * (VPC User Guide, "Route priority": the most specific route that matches). Of the internet by name, those to private
 * ranges are nobody's.
 */
export function routesTo(
  destination: Range,
  table: Key | undefined,
  vpc: Vpc,
  { routes }: Tables,
): { readonly routes: readonly Route[]; readonly unknown: readonly Route[] } {
  const local = vpc.ranges.map((range): Route => ({
    key: vpc.key,
    destination: range,
    target: { kind: "local" },
  }));
  const all = [...local, ...(table === undefined ? [] : (routes.get(table) ?? []))];
  const shares = all.map((route) => ({ route, share: shareOf(destination, route.destination) }));
  const whole = shares
    .filter(({ share }) => share === "all")
    .map(({ route }) => route)
    // Of equal length a static route replaces the local one.
    .reduce<Route | undefined>(
      (best, each) =>
        best === undefined || lengthOf(each.destination) >= lengthOf(best.destination) ? each : best,
      undefined,
    );
  const within = shares
    .filter(
      ({ share, route }) =>
        share === "some" && (destination.kind !== "public" || isPublic(route.destination)),
    )
    .map(({ route }) => route);
  return {
    routes: [...(whole === undefined ? [] : [whole]), ...within],
    unknown: shares
      .filter(({ share, route }) => share === "unknown" && route.target.kind !== "local")
      .map(({ route }) => route),
  };
}

/** Why a table may have routes that the stacks don't know; undefined where it has none. */
export function unknownRoutes(table: Key | undefined, { propagated, foreign }: Tables): string | undefined {
  if (table === undefined) return undefined;
  if (propagated.has(table)) return "takes routes of a virtual private gateway, which are not in the stacks";
  return foreign.has(table) ? "is somebody else's, and its routes are not in the stacks" : undefined;
}
