import { hop, type Hop } from "../hop";
import { deciderOf, type Key } from "./keys";
import type { Subnet } from "./network";
import { lengthOf, type Range, rangeText, shareOf } from "./ranges";
import { type Attachment, BLACKHOLE, type GatewayRoute, NO_TABLE } from "./transit-gateways";
import type { VpcWorld } from "./world";

/** What a gateway's own tables are to do with packets. */
export interface Transit {
  readonly gateway: Key;
  /** Of the VPC on this side. */
  readonly own: Attachment;
  readonly source: Range;
  readonly destination: Range;
  /** Where it ends, where that is an interface of the stacks. */
  readonly to?: Pick<Subnet, "vpc" | "zone">;
}

/** What the tables of a transit gateway say of a flow, there and back. Those of another account are not in the stacks. */
export function transitHop(transit: Transit, world: VpcWorld): Hop {
  const { gateway, own, source, destination, to } = transit;
  const { address } = deciderOf(gateway);
  const by = [deciderOf(own.key)];
  if (world.gateways.transit.tableOf.get(own.key) === undefined)
    return hop(
      "transit gateway",
      "undecided",
      by,
      `where ${address} sends it, and whether the way back leads through it, is said by its own route tables, which are not in the stacks`,
    );
  const there = ledTo(own.key, destination, world);
  if (there.verdict !== "allowed") return there;
  const far =
    to && world.gateways.attachments.find((each) => each.gateway === gateway && each.vpc === to.vpc);
  const wrong = far && there.attachments.find((each) => each !== far.key);
  if (wrong !== undefined)
    return hop(
      "transit gateway",
      "denied",
      there.by,
      `${there.by[0]?.address ?? ""} leads ${rangeText(destination)} to ${deciderOf(wrong).address}, and not to ${deciderOf(far?.key ?? "").address}`,
    );
  if (far !== undefined && to !== undefined && !servesZone(far, to.zone, world))
    return hop(
      "transit gateway",
      "denied",
      [deciderOf(far.key)],
      `${deciderOf(far.key).address} has no interface in ${to.zone}, where answers come from`,
    );
  for (const each of there.attachments) {
    const back = backTo(each, own, source, world);
    if (back.verdict !== "allowed") return back;
  }
  if (far !== undefined) return there;
  return hop(
    "transit gateway",
    "undecided",
    there.by,
    `${there.by[0]?.address ?? ""} leads it to ${there.attachments.map((each) => deciderOf(each).address).join(", ")}, and what is behind that is not in the stacks`,
  );
}

/** The way back of a flow that comes from outside: its source is behind some attachment, whose table leads here. */
export function transitFromOutside({ own, gateway, source, destination }: Transit, world: VpcWorld): Hop {
  const { address } = deciderOf(gateway);
  const by = [deciderOf(own.key)];
  if (world.gateways.transit.tableOf.get(own.key) === undefined)
    return hop(
      "transit gateway",
      "undecided",
      by,
      `whether ${address} leads here is said by its own route tables, which are not in the stacks`,
    );
  const back = ledTo(own.key, source, world);
  if (back.verdict !== "allowed") return back;
  for (const each of back.attachments) {
    const there = backTo(each, own, destination, world);
    if (there.verdict !== "allowed") return there;
  }
  return back;
}

interface Led extends Hop {
  /** Where it is led to, if anywhere. */
  readonly attachments: readonly Key[];
}

function backTo(from: Key, own: Attachment, source: Range, world: VpcWorld): Hop {
  const led = ledTo(from, source, world);
  const wrong = led.attachments.find((each) => each !== own.key);
  return wrong === undefined
    ? led
    : hop(
        "transit gateway",
        "denied",
        led.by,
        `${led.by[0]?.address ?? ""} leads answers to ${rangeText(source)} to ${deciderOf(wrong).address}, and not to ${deciderOf(own.key).address}`,
      );
}

function servesZone({ subnets }: Attachment, zone: string, { network }: VpcWorld): boolean {
  return subnets.some((each) => network.subnets.get(each)?.zone === zone);
}

/** Whither the table of an attachment leads a range: the longest route, of equals the static one (Transit Gateway Guide, "Route evaluation order"). */
function ledTo(from: Key, range: Range, world: VpcWorld): Led {
  const { tableOf, routes, shared } = world.gateways.transit;
  const table = tableOf.get(from);
  const { address } = deciderOf(from);
  const ends = (verdict: "denied" | "undecided", by: Key, says: string): Led => ({
    ...hop("transit gateway", verdict, [deciderOf(by)], says),
    attachments: [],
  });
  if (table === NO_TABLE) return ends("denied", from, `${address} is associated with no route table`);
  const own = table === undefined ? undefined : routes.get(table);
  if (table === undefined || own === undefined)
    return ends("undecided", table ?? from, `the route table of ${address} is not in the stacks`);
  const name = deciderOf(table).address;
  const { whole, within, unknown } = matching(range, own, world);
  const whither = rangeText(range);
  if (unknown.length > 0)
    return ends(
      "undecided",
      unknown[0]?.key ?? table,
      `whether a route of ${name} leads to ${whither} is not known`,
    );
  const taken = [...(whole === undefined ? [] : [whole]), ...within];
  const dropped = taken.find(({ attachment }) => attachment === BLACKHOLE);
  if (dropped !== undefined)
    return ends("denied", dropped.key, `${deciderOf(dropped.key).address} drops what goes to ${whither}`);
  if (whole === undefined && within.length === 0)
    return shared.has(table)
      ? ends("undecided", table, `attachments of other accounts add their routes to ${name}`)
      : ends("denied", table, `${name} has no route to ${whither}`);
  const by = taken.map(({ key }) => deciderOf(key));
  return {
    ...hop("transit gateway", "allowed", by, `${name} leads to ${whither} by ${by[0]?.address ?? ""}`),
    attachments: [...new Set(taken.map(({ attachment }) => attachment))],
  };
}

interface Matching {
  readonly whole: GatewayRoute | undefined;
  readonly within: readonly GatewayRoute[];
  readonly unknown: readonly GatewayRoute[];
}

function matching(range: Range, routes: readonly GatewayRoute[], world: VpcWorld): Matching {
  const shares = routes
    .flatMap((route) => rangesOf(route, world).map((destination) => ({ route, destination })))
    .map((each) => ({ ...each, share: shareOf(range, each.destination) }));
  const [whole] = shares
    .filter(({ share }) => share === "all")
    .sort(
      (a, b) =>
        lengthOf(b.destination) - lengthOf(a.destination) ||
        Number(isPropagated(a.route)) - Number(isPropagated(b.route)),
    );
  const least = whole === undefined ? 0 : lengthOf(whole.destination);
  return {
    whole: whole?.route,
    within: shares.filter(({ share }) => share === "some").map(({ route }) => route),
    // Of what is shorter than the one that holds all nothing hangs on it.
    unknown: shares
      .filter(
        ({ share, destination }) =>
          share === "unknown" && (lengthOf(destination) === 0 || lengthOf(destination) > least),
      )
      .map(({ route }) => route),
  };
}

function isPropagated({ destination }: GatewayRoute): boolean {
  return destination === "propagated";
}

/** A VPC's ranges; of VPNs, peerings and VPCs of others nobody knows them. */
function rangesOf(
  { destination, attachment }: GatewayRoute,
  { gateways, network }: VpcWorld,
): readonly Range[] {
  if (destination !== "propagated") return [destination];
  const vpc = gateways.attachments.find(({ key }) => key === attachment)?.vpc;
  return (
    network.vpcs.get(vpc ?? "")?.ranges ?? [
      { kind: "unknown", text: `what is behind ${deciderOf(attachment).address}` },
    ]
  );
}
