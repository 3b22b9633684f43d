import { instanceType } from "../../facts/instance-types";
import type { CapacityProblem, CapacityProblemCode } from "../../ip-capacity/capacity-problem";
import { capacityCheck } from "../../ip-capacity/capacity-report";
import { PodDensityError } from "../../ip-capacity/pod-density";
import { karpenterPoolDemand } from "../../model/karpenter-pools";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";
import { subnetCheck } from "../network/subnets";

/** What a waiver calls each problem. */
export const capacityRules = {
  "subnet-too-small": "IP-CAPACITY-SUBNET",
  "zone-loss": "IP-CAPACITY-ZONE-LOSS",
  "held-addresses": "IP-CAPACITY-HELD",
  fragmentation: "IP-CAPACITY-FRAGMENTATION",
  "density-too-low": "POD-DENSITY-TOO-LOW",
  "mode-impossible": "POD-DENSITY-IMPOSSIBLE",
  "kubelet-default": "POD-DENSITY-KUBELET",
  "unlimited-pool": "POOL-WITHOUT-LIMIT",
  quota: "AWS-QUOTA",
} as const satisfies Readonly<Record<CapacityProblemCode, string>>;

/** A target fits its address space, its nodes take the pods it says, and the account's quotas are enough. */
export const capacityCheckOf: TargetCheck = (target) => {
  return problemsOf(target)
    .filter(isOurs)
    .map((problem): Finding => {
      const { code, severity } = problem;
      const rule = capacityRules[code];
      return {
        path: pathOf(target, problem),
        message: `${textOf(problem)} (${rule})`,
        related: [["network"], ["nodes"], ["cni"], ["capacity"], ["runner"]],
        rule,
        severity,
      };
    });
};

function textOf({ code, message, remedy }: CapacityProblem): string {
  if (code === "quota") return `is too low: ${message}; ${remedy}`;
  const isChoice = code === "subnet-too-small" || code === "zone-loss" || code === "density-too-low";
  return `${message}; ${isChoice ? "what fits: " : ""}${remedy}`;
}

/** Quotas above AWS's defaults that nobody has said the account has: a warning and no finding, for many targets together (warnings.ts). */
export function undeclaredQuotas(target: Target): readonly string[] {
  return problemsOf(target)
    .filter(({ code, severity }) => code === "quota" && severity === "warning")
    .flatMap(({ subjects }) => subjects);
}

const known = new WeakMap<Target, readonly CapacityProblem[]>();

/** Computed once for a target: it takes a large part of all checks. */
function problemsOf(target: Target): readonly CapacityProblem[] {
  const problems = known.get(target) ?? (isCountable(target) ? capacityCheck(target.capacity).problems : []);
  known.set(target, problems);
  return problems;
}

/** Others report an impossible mode by its instance type, and default quotas would be a warning for each target. */
function isOurs({ code, severity }: CapacityProblem): boolean {
  return code !== "mode-impossible" && !(code === "quota" && severity === "warning");
}

/** Subnets and types that other checks report leave nothing to count. */
function isCountable(target: Target): boolean {
  const types = Object.values(target.config.nodes).flatMap(({ instanceTypes }) => instanceTypes);
  return (
    types.every((type) => instanceType(type) !== undefined) &&
    subnetCheck(target).length === 0 &&
    poolsHaveDensity(target)
  );
}

function poolsHaveDensity({ config }: Target): boolean {
  try {
    karpenterPoolDemand(config);
    return true;
  } catch (error) {
    if (!(error instanceof PodDensityError)) throw error;
    return false;
  }
}

function pathOf({ config }: Target, { code, subnet, subjects }: CapacityProblem): ConfigPath {
  const [subject = ""] = subjects;
  if (subnet !== null) {
    const configured = config.network.subnets[subnet];
    const path: ConfigPath = ["network", "subnets", subnet];
    if (configured === undefined) return path;
    if ("prefix" in configured) return [...path, "prefix"];
    return subject in configured.cidrs ? [...path, "cidrs", subject] : [...path, "cidrs"];
  }
  switch (code) {
    case "quota":
      return ["capacity", "quotas", subject];
    case "density-too-low":
    case "kubelet-default": {
      const isAuto = config.nodes[subject]?.maxPods === "auto";
      return isAuto || config.nodes[subject] === undefined
        ? ["nodes", subject, "instanceTypes"]
        : ["nodes", subject, "maxPods"];
    }
    case "unlimited-pool":
      return ["karpenter", "pools", subject];
    default:
      return ["capacity"];
  }
}
