import { efaInterfacesOf } from "../../facts/efa";
import type { NodeGroupSettings } from "../../model/settings";
import type { NodePlacement } from "../../modules/nodes/node-placement";

/** Placement of a group's nodes as its module takes it. */
export function nodePlacementOf(group: NodeGroupSettings): NodePlacement {
  const { placementGroup, capacityReservation, efa, instanceTypes } = group;
  const [firstType = ""] = instanceTypes;
  // The checks refuse types without, and types of different numbers.
  const interfaces = efa && (efa.interfaces ?? efaInterfacesOf(firstType));
  return {
    ...(placementGroup && { placementGroupName: placementGroup.name }),
    ...(capacityReservation && { capacityReservation }),
    ...(interfaces !== undefined && { efaInterfaces: interfaces }),
  };
}
