import { counted, type Phrase, say, words } from "../model/phrase";
import { at, field, items, type Json, text, texts } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { nodesOf, type Surroundings } from "./surroundings";

/** What people call a group: a module's prefix without what EKS needs to tell a new one from the old. */
export function groupName(change: PlannedChange): string {
  for (const values of [change.before, change.after]) {
    const prefix = text(field(values, "node_group_name_prefix"))?.replace(/-+$/, "");
    if (prefix !== undefined && prefix !== "") return prefix;
  }
  return groupId(change) ?? change.address;
}

/** What AWS calls it. */
export function groupId(change: PlannedChange): string | undefined {
  return text(field(change.before, "node_group_name")) ?? text(field(change.after, "node_group_name"));
}

/** `9 nodes in 3 zones`, as far as it is known. */
export function sizeOf(change: PlannedChange, around: Surroundings): Phrase {
  const nodes = nodesOf(change);
  const subnets = texts(field(change.before, "subnet_ids"));
  const zones = around.zonesOf(subnets);
  const where = zones === undefined ? counted(subnets.length, "subnet") : counted(zones.length, "zone");
  const number = nodes === undefined ? words("an unknown number of nodes") : counted(nodes, "node");
  return subnets.length === 0 ? number : say`${number} in ${where}`;
}

export function paceOf(values: Json): Phrase | undefined {
  const update = items(field(values, "update_config"))[0];
  const share = field(update, "max_unavailable_percentage");
  const number = field(update, "max_unavailable");
  if (typeof share === "number" && share > 0) return words(`at most ${share}% of its nodes at a time`);
  if (typeof number === "number" && number > 0) return say`at most ${counted(number, "node")} at a time`;
  return undefined;
}

export function templateOf(values: Json): string | undefined {
  return text(at(values, ["launch_template", 0, "id"]));
}

/** `AL2023_x86_64_STANDARD` is al2023, `BOTTLEROCKET_ARM_64_NVIDIA` is bottlerocket. */
export function systemOf(values: Json): string | undefined {
  return text(field(values, "ami_type"))?.split("_")[0]?.toLowerCase();
}
