import { listed } from "../../text/listed";
import { type Ami, bootProblem } from "../../facts/image-support";
import { instanceType, unknownInstanceType } from "../../facts/instance-types";
import { PodDensityError } from "../../ip-capacity/pod-density";
import { classDensity, classMaxPodsPossible } from "../../model/karpenter-pools";
import { podDensityOf } from "../../model/max-pods";
import { platformGroups, startSize } from "../../model/node-room";
import { isVirtualNitro, kindOf, poolInstanceTypes } from "../../model/pool-instance-types";
import type { KarpenterConfig, NodePoolConfig } from "../../components/karpenter/settings";
import type { TargetConfig } from "../../config/schema/target";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";
import { budgetFindings } from "./karpenter-budgets";

/** Its chart spreads two replicas over two nodes, and none of them may be a node of its own. */
const CONTROLLER_NODES = 2;

export const karpenterCheck: TargetCheck = ({ config }) => {
  const { karpenter } = config;
  if (karpenter === undefined) return [];
  return [
    ...controllerNodeFindings(config),
    ...Object.entries(karpenter.pools).flatMap(([name, pool]) =>
      poolFindings(["karpenter", "pools", name], pool, config, karpenter),
    ),
    ...unusedClassFindings(karpenter),
    ...Object.keys(karpenter.classes).flatMap((name) => [
      ...maxPodsFindings(name, config, karpenter),
      ...oneFigureFindings(name, config, karpenter),
    ]),
  ];
};

function controllerNodeFindings(config: TargetConfig): Finding[] {
  const willing = platformGroups(config).map(([, group]) => group);
  // Without any node from the start, nodeGroupCheck says it for all.
  if (willing.every((group) => startSize(group) === 0)) return [];
  const count = willing.reduce((sum, { size }) => sum + size.min, 0);
  if (count >= CONTROLLER_NODES) return [];
  const message = `needs ${CONTROLLER_NODES} nodes of managed groups for its own two replicas, and those without taints (or with CriticalAddonsOnly) have ${count} at their min size; raise size.min`;
  return [{ path: ["karpenter"], message, related: [["nodes"]] }];
}

function poolFindings(
  path: ConfigPath,
  pool: NodePoolConfig,
  { network }: TargetConfig,
  { classes }: KarpenterConfig,
): Finding[] {
  const findings: Finding[] = [];
  if (classes[pool.class] === undefined) {
    const message = `is not in karpenter.classes; write one of ${Object.keys(classes).join(", ")}`;
    findings.push({ path: [...path, "class"], message });
  }
  for (const [index, zone] of (pool.zones ?? []).entries()) {
    if (network.zones.includes(zone)) continue;
    const message = `is not in network.zones; write one of ${network.zones.join(", ")}`;
    findings.push({ path: [...path, "zones", index], message });
  }
  const ami = classes[pool.class]?.ami;
  return [...findings, ...typeFindings(path, pool, ami), ...budgetFindings(path, pool)];
}

function typeFindings(path: ConfigPath, pool: NodePoolConfig, ami: Ami | undefined): Finding[] {
  const findings = (pool.instanceTypes ?? []).flatMap((name, index) =>
    namedTypeFindings([...path, "instanceTypes", index], name, pool, ami),
  );
  if (findings.length > 0) return findings;
  const types = poolInstanceTypes(pool);
  if (types.length === 0) {
    const message = `has requirements that no EC2 instance type meets; widen categories, minGeneration, vcpus or arch`;
    return [{ path, message }];
  }
  const smallest = Math.min(...types.map((name) => instanceType(name)?.vcpu ?? Infinity));
  if (pool.limits.cpus >= smallest) return [];
  const message = `is less than one node: the smallest type that the pool may take has ${smallest} vCPUs; write at least ${smallest}`;
  return [{ path: [...path, "limits", "cpus"], message }];
}

function namedTypeFindings(
  path: ConfigPath,
  name: string,
  { arch }: NodePoolConfig,
  ami: Ami | undefined,
): Finding[] {
  const type = instanceType(name);
  if (type === undefined) {
    const message = unknownInstanceType(name);
    return [{ path, message }];
  }
  const unbootable = ami && bootProblem(name, ami);
  if (unbootable !== undefined) return [{ path, message: unbootable }];
  if (!isVirtualNitro(type) || kindOf(name) === undefined) {
    return [{ path, message: "is not a virtual Nitro type; pools are limited to those: write another" }];
  }
  const mine = type.arch.includes("arm64") ? "arm64" : "amd64";
  if (arch.includes(mine)) return [];
  return [{ path, message: `is ${mine}, and the pool's arch is ${arch.join(", ")}; write arch: [${mine}]` }];
}

function unusedClassFindings({ classes, pools }: KarpenterConfig): Finding[] {
  const used = new Set(Object.values(pools).map((pool) => pool.class));
  return Object.keys(classes)
    .filter((name) => !used.has(name))
    .map((name) => ({
      path: ["karpenter", "classes", name],
      message: "is not the class of any pool; remove it, or name it in a pool's class",
    }));
}

function maxPodsFindings(name: string, config: TargetConfig, { classes }: KarpenterConfig): Finding[] {
  const path: ConfigPath = ["karpenter", "classes", name, "maxPods"];
  const maxPods = classes[name]?.maxPods ?? "auto";
  try {
    const possible = classMaxPodsPossible(config, name);
    if (maxPods === "auto" || possible === undefined || maxPods <= possible) return [];
    const { mode } = podDensityOf(config);
    const message = `is more than the smallest type of its pools can have with ${mode}; write auto, or at most ${possible}`;
    return [{ path, message, related: [["karpenter", "pools"], ["cni"]] }];
  } catch (error) {
    if (!(error instanceof PodDensityError)) throw error;
    const message = `${error.message}; write larger types (vcpus.min) in its pools, or another cni setting`;
    return [{ path: ["karpenter", "classes", name], message, related: [["cni"]] }];
  }
}

/**
 * An EC2NodeClass has one `kubelet.maxPods` for all sizes. Where Karpenter's own figure for each type would be wrong,
 * the smallest type decides for the larger ones as well: that is said where it is addresses that end first.
 */
function oneFigureFindings(
  name: string,
  config: TargetConfig,
  { classes, pools }: KarpenterConfig,
): Finding[] {
  const nodeClass = classes[name];
  const density = nodeClass && classDensity(config, name);
  if (nodeClass?.maxPods !== "auto" || density === undefined) return [];
  const { maxPods, highest, limitedBy, heldBackBy } = density;
  if (limitedBy !== "eni-addresses" || maxPods === null || highest === null || highest <= maxPods) return [];
  const own = Object.keys(pools).filter((pool) => pools[pool]?.class === name);
  const message = `tells kubelet ${maxPods} pods on nodes of every size, what ${listed(heldBackBy.slice(0, 2))} can have, and larger types of its pools (${own.join(", ")}) have room for ${highest}; write larger vcpus.min, a class for each size, or prefixes`;
  return [
    {
      path: ["karpenter", "classes", name],
      message,
      related: [["karpenter", "pools"], ["cni"]],
      rule: "POD-DENSITY-ONE-FIGURE",
      severity: "warning",
    },
  ];
}
