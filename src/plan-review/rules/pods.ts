import { readUserData } from "../diff/user-data";
import { counted, type Phrase, say, words } from "../model/phrase";
import { at, field, type Json, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { templateOf } from "./node-names";
import { nodesOf, type Surroundings } from "./surroundings";

/** `12 nodes with room for 1320 pods`, as far as node groups and their templates are in the plans. */
export function nodesAndPods(change: PlannedChange, around: Surroundings): Phrase {
  const nodes = around.nodesBeside(change);
  if (nodes === undefined) return words("every node and every pod on it (no node group is in these plans)");
  const room = podRoom(change, around);
  const pods =
    room === undefined ? words("every pod on them") : say`every pod on them, up to ${counted(room, "pod")}`;
  return say`${counted(nodes, "node")} of node groups and ${pods}; Karpenter's nodes come on top`;
}

function podRoom(change: PlannedChange, around: Surroundings): number | undefined {
  const rooms = around.groupsBeside(change).map((group) => roomOf(group, around));
  const known = rooms.filter((each) => each !== undefined);
  return known.length === rooms.length ? known.reduce((sum, each) => sum + each, 0) : undefined;
}

/** How many pods the nodes of a group take, by the launch template that they run with. */
export function roomOf(group: PlannedChange, around: Surroundings): number | undefined {
  const id = templateOf(group.before);
  const template = around
    .beside(group, "aws_launch_template")
    .find((each) => field(each.before, "id") === id);
  const pods = id === undefined ? undefined : maxPods(text(field(template?.before, "user_data")));
  const nodes = nodesOf(group);
  return pods === undefined || nodes === undefined ? undefined : pods * nodes;
}

function maxPods(userData: string | undefined): number | undefined {
  const settings: Json | undefined = userData === undefined ? undefined : readUserData(userData);
  const pods =
    field(settings, "settings.kubernetes.max-pods") ?? at(settings, ["kubelet", "config", "maxPods"]);
  return typeof pods === "number" ? pods : undefined;
}
