import { poolsOf } from "../../model/karpenter-pools";
import { listed } from "../../text/listed";
import { hardTaints, startSize, tolerates, unscaledGroups } from "../../model/node-room";
import type { TargetConfig } from "../../config/schema/target";
import type { Target } from "../../model/target";
import type { Taint } from "../../config/schema/taint";
import type { Finding, TargetCheck } from "../finding";

/**
 * Whether there is a node for one pod more. Nothing of ours raises a managed group's size: the Cluster Autoscaler is not
 * among the components, and Karpenter makes nodes of its own pools only.
 */
export const nodeRoomCheck: TargetCheck = (target) => {
  const { config } = target;
  const pools = Object.entries(poolsOf(config)).map(([name, pool]) => ({
    name,
    taints: hardTaints(pool),
  }));
  // Without Karpenter it is one warning for all targets together (warnings.ts).
  if (pools.length === 0 || pools.some(({ taints }) => taints.length === 0)) return [];
  return [...unusedPoolFindings(target, pools), ...unscaledGroupFindings(config, pools)];
};

interface TaintedPool {
  readonly name: string;
  readonly taints: readonly Taint[];
}

function unusedPoolFindings(target: Target, pools: readonly TaintedPool[]): Finding[] {
  const workloads = Object.values(target.workloads);
  return pools
    .filter(({ taints }) => !workloads.some(({ placement }) => tolerates(placement.tolerations, taints)))
    .map(({ name, taints }) => ({
      path: ["karpenter", "pools", name, "taints"],
      message: `keep every pod off the pool: no service of workloads tolerates ${taintTexts(taints)}; add it to a service's placement.tolerations, or remove the taint`,
      related: [["workloads"]],
      rule: "NODE-POOL-UNUSED",
      severity: "warning",
    }));
}

function unscaledGroupFindings(config: TargetConfig, pools: readonly TaintedPool[]): Finding[] {
  const wanted = pools.map(({ name, taints }) => `${taintTexts(taints)} (${name})`).join(", ");
  return unscaledGroups(config).map(([name, group]) => ({
    path: ["nodes", name, "size", "max"],
    message: `is never reached: nothing adds a node to a managed group, and karpenter's pools take only pods that tolerate ${wanted}, so what does not fit on ${startSize(group)} nodes stays Pending; leave one pool without a taint`,
    related: [["karpenter"]],
    rule: "NODES-NOT-SCALED",
    severity: "warning",
  }));
}

function taintTexts(taints: readonly Taint[]): string {
  return listed(taints.map(({ key, value, effect }) => `${key}${value === "" ? "" : `=${value}`}:${effect}`));
}
