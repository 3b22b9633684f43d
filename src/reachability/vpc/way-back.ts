import { hop, type Hop } from "../hop";
import type { Exit, Journey } from "./journey";
import { deciderOf, isKnown, type Key } from "./keys";
import type { Subnet } from "./network";
import { rangeText } from "./ranges";
import { unknownRoutes, type Route, routesTo } from "./routes";
import type { VpcWorld } from "./world";

/** Whether answers find their way from a subnet to the sender: by the same firewall, connection or gateway as the way out. */
export function backTo(
  { source }: Pick<Journey, "source">,
  subnet: Subnet,
  exit: Exit,
  firewall: Key | undefined,
  world: VpcWorld,
): Hop {
  const table = world.network.tableOf(subnet);
  const vpc = world.network.vpcs.get(subnet.vpc);
  const at = deciderOf(table ?? subnet.vpc);
  const whither = rangeText(source);
  if (vpc === undefined)
    return hop(
      "route back",
      "undecided",
      [at],
      `the VPC of ${deciderOf(subnet.key).address} is not in the stacks`,
    );
  const { routes, unknown } = routesTo(source, table, vpc, world.tables);
  if (routes.length === 0) {
    if (unknown.length > 0 || unknownRoutes(table, world.tables) !== undefined)
      return hop(
        "route back",
        "undecided",
        [at],
        `whether a route of ${at.address} leads back to ${whither} is not known`,
      );
    return hop("route back", "denied", [at], `${at.address} has no route back to ${whither}`);
  }
  const wrong = routes.find((route) => !leadsBack(route, exit, firewall, world));
  if (wrong === undefined) {
    const by = routes.map(({ key }) => deciderOf(key));
    return hop("route back", "allowed", by, `${by[0]?.address ?? ""} leads back to ${whither}`);
  }
  const by = deciderOf(wrong.key);
  if (wrong.target.kind === "other")
    return hop("route back", "undecided", [by], `${by.address} leads back to ${whither} by what is not read`);
  const where =
    wrong.target.kind === "local"
      ? "the VPC itself"
      : `${/^[aei]/.test(wrong.target.kind) ? "an" : "a"} ${wrong.target.kind}`;
  const way = firewall === undefined ? describe(exit) : "the firewall endpoint that it came through";
  return hop(
    "route back",
    "denied",
    [by],
    `${by.address} leads to ${where} for ${whither}, and not to ${way}`,
  );
}

/** What a peering connection does with packets, and its key: others' are not in the stacks. */
export function peeringHop(target: Key, { gateways }: VpcWorld): { readonly key: Key; readonly hop: Hop } {
  const peering = gateways.peerings.get(target);
  const key = peering?.key ?? target;
  const by = [deciderOf(key)];
  const { address } = deciderOf(key);
  if (peering === undefined) {
    const says = `routes and rules at the other side of ${address} are not in the stacks`;
    return { key, hop: hop("peering", "undecided", by, says) };
  }
  return {
    key,
    hop: peering.isAccepted
      ? hop("peering", "allowed", by, `${address} is accepted`)
      : hop("peering", "denied", by, `nobody accepts ${address}`),
  };
}

function describe(exit: Exit): string {
  switch (exit.kind) {
    case "local":
      return "the VPC itself";
    case "internet":
      return "an internet gateway from a public address";
    case "peering":
      return deciderOf(exit.key).address;
    case "transit gateway":
      return isKnown(exit.key) ? deciderOf(exit.key).address : "the transit gateway";
  }
}

function leadsBack(
  { target }: Route,
  exit: Exit,
  firewall: Key | undefined,
  { gateways }: VpcWorld,
): boolean {
  if (firewall !== undefined)
    return target.kind === "firewall" && `${target.key} ${target.zone}` === firewall;
  switch (exit.kind) {
    case "local":
      return target.kind === "local";
    case "internet":
      return target.kind === "internet gateway";
    case "peering":
      return (
        target.kind === "peering connection" &&
        (gateways.peerings.get(target.key)?.key ?? target.key) === exit.key
      );
    case "transit gateway":
      return target.kind === "transit gateway" && target.key === exit.key;
  }
}
