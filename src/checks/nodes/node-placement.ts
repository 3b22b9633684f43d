import { capacityBlockTypes } from "../../facts/capacity-blocks";
import { efaInterfacesOf } from "../../facts/efa";
import type { NodeGroupConfig } from "../../config/schema/nodes";
import type { ConfigPath } from "../../config/read/source-node";
import { startSize } from "../../model/node-room";
import type { Target } from "../../model/target";
import type { Finding } from "../finding";

/** Where the nodes of a group are to start, which AWS would refuse when it makes the group, or never find room for. */
export function nodePlacementFindings(path: ConfigPath, group: NodeGroupConfig, target: Target): Finding[] {
  return [
    ...zoneFindings(path, group, target),
    ...spreadFindings(path, group, target),
    ...reservationFindings([...path, "capacityReservation"], group, target),
    ...efaFindings([...path, "efa"], group),
  ];
}

/** What keeps nodes in one zone, each with why (EC2 User Guide: placement groups, reservations, EFA). */
function zoneFindings(path: ConfigPath, group: NodeGroupConfig, { config }: Target): Finding[] {
  const zones = group.zones ?? config.network.zones;
  if (zones.length === 1) return [];
  const { placementGroup, capacityReservation, efa } = group;
  const reasons = [
    [
      placementGroup?.strategy === "cluster",
      "placementGroup",
      "is a cluster placement group, which is in one zone",
    ],
    [
      capacityReservation !== undefined && "id" in capacityReservation,
      "capacityReservation",
      "is of one zone, and nodes of others would never start",
    ],
    [efa !== undefined, "efa", "does not reach from one zone into another"],
  ] as const;
  return reasons
    .filter(([holds]) => holds)
    .map(([, key, why]) => ({
      path: [...path, key],
      message: `${why}; write nodes.${path.at(-1)}.zones: [${zones[0]}], or the one that it is in`,
      related: [[...path, "zones"]],
    }));
}

/** EC2 User Guide, "Placement strategies": at most seven running instances in a zone. */
const MOST_SPREAD = 7;

function spreadFindings(
  path: ConfigPath,
  { placementGroup, size, zones }: NodeGroupConfig,
  target: Target,
): Finding[] {
  const most = MOST_SPREAD * (zones ?? target.config.network.zones).length;
  if (placementGroup?.strategy !== "spread" || size.max <= most) return [];
  const message = `is more than fit into a spread placement group: ${MOST_SPREAD} in each zone, ${most} in all; write at most ${most}`;
  return [{ path: [...path, "size", "max"], message, related: [[...path, "placementGroup"]] }];
}

function reservationFindings(path: ConfigPath, group: NodeGroupConfig, { region }: Target): Finding[] {
  const { capacityReservation: reservation, capacity, instanceTypes } = group;
  if (reservation === undefined) return [];
  const beside = (key: string): ConfigPath[] => [[...path.slice(0, -1), key]];
  if (capacity === "spot") {
    const message = "is of on-demand capacity, and spot nodes take none of it; write capacity: on-demand";
    return [{ path, message, related: beside("capacity") }];
  }
  if (reservation.kind === "resource-group") {
    const [, , , at] = reservation.arn.split(":");
    return at === region
      ? []
      : [
          {
            path: [...path, "arn"],
            message: `is in ${at}, and reservations are of their own region; write one of ${region}`,
          },
        ];
  }
  if (instanceTypes.length > 1) {
    const message =
      "is of one instance type, and nodes of the others would never start in it; write that type alone";
    return [{ path, message, related: beside("instanceTypes") }];
  }
  return reservation.kind === "ml-block" ? blockFindings(path, group) : [];
}

function blockFindings(path: ConfigPath, group: NodeGroupConfig): Finding[] {
  const related: ConfigPath[] = [[...path.slice(0, -1), "instanceTypes"]];
  const foreign = group.instanceTypes.find((name) => !capacityBlockTypes.includes(name));
  if (foreign !== undefined) {
    const message = `can't be for ${foreign}: Capacity Blocks are of ${capacityBlockTypes.join(", ")}; write one of them, or kind: on-demand`;
    return [{ path, message, related }];
  }
  // EKS User Guide, "Create a managed node group with Capacity Blocks for ML".
  if (startSize(group) === 0) return [];
  const message =
    "starts nodes with the group, which fails until the block begins, and EKS ends them 40 minutes before it ends; write size: { min: 0, desired: 0 } and raise it when it begins";
  return [
    {
      path,
      message,
      related: [[...path.slice(0, -1), "size"]],
      rule: "CAPACITY-BLOCK-SIZE",
      severity: "warning",
    },
  ];
}

function efaFindings(path: ConfigPath, { efa, instanceTypes }: NodeGroupConfig): Finding[] {
  if (efa === undefined) return [];
  const cards = instanceTypes.map((name) => [name, efaInterfacesOf(name)] as const);
  const without = cards.find(([, count]) => count === undefined);
  const related: ConfigPath[] = [[...path.slice(0, -1), "instanceTypes"]];
  if (without !== undefined) {
    const message = `can't be on ${without[0]}: it has none, or its number of network cards is not known here; write a type with it, for example c7gn.16xlarge or p5.48xlarge`;
    return [{ path, message, related }];
  }
  const fewest = cards.toSorted(([, a = 0], [, b = 0]) => a - b)[0];
  const [name, most = 0] = fewest ?? [];
  if (efa.interfaces === undefined) {
    return cards.every(([, count]) => count === most)
      ? []
      : [
          {
            path,
            message: `is of types with different numbers of network cards; write efa: { interfaces: ${most} }, or types alike`,
            related,
          },
        ];
  }
  return efa.interfaces <= most
    ? []
    : [
        {
          path: [...path, "interfaces"],
          message: `is more than the ${most} network cards of ${name}; write at most ${most}`,
          related,
        },
      ];
}
