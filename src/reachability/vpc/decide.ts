import { hop, type Hop } from "../hop";
import { toName } from "./by-name";
import { between, toRange } from "./flows";
import { fromOutside } from "./from-outside";
import type { FlowProtocol, InterfacePlace, LocalServicePlace, VpcPlace } from "./places";
import type { VpcWorld } from "./world";

/**
 * What a VPC says of a flow, hop by hop in the order of the way, both ways. Each end may be in any of its subnets, so
 * that every pair of them has to pass.
 */
export function decideVpc(
  world: VpcWorld,
  from: VpcPlace,
  to: VpcPlace,
  port: number,
  protocol: FlowProtocol = "tcp",
): readonly Hop[] {
  if (isLocal(to)) return localService(from, to, world);
  if (!isInterface(from))
    return isInterface(to) ? fromOutside(world, from, to, port, protocol) : noPlace(from);
  if (to.kind === "name") return toName(world, from, to.name, port, protocol);
  if (to.kind === "range") return toRange(world, from, to.range, port, protocol);
  return between(world, from, to, port, protocol);
}

function isLocal(place: VpcPlace): place is LocalServicePlace {
  return place.kind === "resolver" || place.kind === "imds" || place.kind === "time";
}

function isInterface(place: VpcPlace): place is InterfacePlace {
  return "subnets" in place;
}

function noPlace(from: VpcPlace): Hop[] {
  return [hop("route out", "undecided", [], `both ends are outside of the stacks (${from.kind})`)];
}

/** Past security groups, network ACLs and routes (VPC User Guide, "Control traffic to subnets using network ACLs": what they don't filter). */
function localService(from: VpcPlace, to: LocalServicePlace, world: VpcWorld): Hop[] {
  if (to.kind !== "imds" || from.kind !== "pod")
    return [
      hop("route out", "allowed", [], "the VPC answers at an address of its own, which nothing here filters"),
    ];
  const nodes = world.clusters.get(from.target)?.nodes ?? [];
  const closed = nodes.filter(({ hopLimit }) => hopLimit < 2);
  // A pod is one hop behind its node (EC2 User Guide, "Configure the instance metadata options", hop limit).
  const says = "answers of instance metadata end at the node: the hop limit is 1";
  if (nodes.length > 0 && closed.length === nodes.length) return [hop("route out", "denied", [], says)];
  return closed.length === 0
    ? [hop("route out", "allowed", [], "the hop limit of instance metadata is above 1")]
    : [
        hop(
          "route out",
          "undecided",
          [],
          `${says} on nodes of ${closed.map(({ name }) => name).join(", ")} only`,
        ),
      ];
}
