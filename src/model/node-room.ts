import { SYSTEM_TAINT } from "../facts/system-taint";
import type { NodeGroupConfig } from "../config/schema/nodes";
import type { TargetConfig } from "../config/schema/target";
import type { Taint } from "../config/schema/taint";

/** Taints that keep pods away: the soft ones only make other nodes come first. */
export function hardTaints({ taints }: { readonly taints: readonly Taint[] }): readonly Taint[] {
  return taints.filter(({ effect }) => effect !== "PreferNoSchedule");
}

/** Managed groups that CoreDNS and the platform's own pods may run on, by name. */
export function platformGroups({ nodes }: Pick<TargetConfig, "nodes">): readonly [string, NodeGroupConfig][] {
  return Object.entries(nodes).filter(([, group]) =>
    hardTaints(group).every(({ key }) => key === SYSTEM_TAINT),
  );
}

/** Nodes that a group is made with. Nothing of ours changes the figure afterwards. */
export function startSize({ size }: Pick<NodeGroupConfig, "size">): number {
  return size.desired ?? size.min;
}

/**
 * Groups for teams' pods with a max that nothing of ours leads to. A group of the platform's own does not grow with what
 * teams run.
 */
export function unscaledGroups({ nodes }: Pick<TargetConfig, "nodes">): readonly [string, NodeGroupConfig][] {
  return Object.entries(nodes).filter(
    ([, group]) => hardTaints(group).length === 0 && group.size.max > startSize(group),
  );
}

/** Whether pods with the tolerations may run on nodes with the taints. A toleration without a value takes every value. */
export function tolerates(tolerations: readonly Taint[], taints: readonly Taint[]): boolean {
  return taints.every((taint) =>
    tolerations.some(
      ({ key, value, effect }) =>
        key === taint.key && effect === taint.effect && (value === "" || value === taint.value),
    ),
  );
}
