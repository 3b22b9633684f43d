import { requireInstanceType } from "../facts/instance-types";

import type { CapacityInput } from "./capacity-input";
import { capacityError, type CapacityProblem, capacityWarning } from "./capacity-problem";
import type { NamedDensity } from "./default-demand";
import { groupPodDensity } from "./group-pod-density";

export interface DensityProblemProps {
  readonly input: CapacityInput;
  readonly densities: readonly NamedDensity[];
  readonly maxPodsWanted: number;
  /** Ways out that solve it, by name. */
  readonly helpfulChanges: readonly string[];
}

/** Groups and pools whose nodes take fewer pods than wanted, or fewer than they could. */
export function densityProblems(props: DensityProblemProps): readonly CapacityProblem[] {
  return props.densities.flatMap((density) => {
    const { name, maxPods, reason, mode } = density;
    if (maxPods === null) {
      return [
        capacityError({
          code: "mode-impossible",
          subjects: [name],
          message: `${mode}: ${reason ?? "impossible"}`,
          remedy: "leave the type out, or choose another mode",
        }),
      ];
    }
    return maxPods < props.maxPodsWanted
      ? [densityTooLow(density, maxPods, props)]
      : keptByKubelet(density, maxPods, props);
  });
}

function densityTooLow(density: NamedDensity, maxPods: number, props: DensityProblemProps): CapacityProblem {
  const { name, heldBackBy } = density;
  const by = heldBackBy.length > 0 ? `, held back by ${heldBackBy.join(", ")}` : "";
  const ami = whyKubeletKeeps(density, maxPods, props.input);
  const problem = {
    code: "density-too-low" as const,
    subjects: [name],
    message: `${maxPods} pods on a node, ${props.maxPodsWanted} are wanted${by}${ami === undefined ? "" : `: ${ami}`}`,
  };
  // Pods can go to the nodes that take them as long as there are such nodes.
  if (props.densities.some((other) => (other.maxPods ?? 0) >= props.maxPodsWanted)) {
    return capacityWarning({ ...problem, remedy: "keep its pods few, or take other instance types" });
  }
  const remedies = [`at most ${maxPods} pods`, "other instance types", ...props.helpfulChanges];
  return capacityError({
    ...problem,
    remedy: [...(ami === undefined ? [] : ["maxPods: auto"]), ...remedies].join(", or "),
  });
}

/** Enough for the pods wanted, but less than the CNI could give, and nobody decided that. */
function keptByKubelet(
  density: NamedDensity,
  maxPods: number,
  { input }: DensityProblemProps,
): readonly CapacityProblem[] {
  const message = whyKubeletKeeps(density, maxPods, input);
  if (message === undefined) return [];
  return [
    capacityWarning({ code: "kubelet-default", subjects: [density.name], message, remedy: "maxPods: auto" }),
  ];
}

function whyKubeletKeeps(
  { limitedBy, types, mode }: NamedDensity,
  maxPods: number,
  { density }: CapacityInput,
): string | undefined {
  if (limitedBy !== "ami-default") return undefined;
  const names = types.map(({ instanceType }) => instanceType);
  const possible = groupPodDensity(names, mode, density).maxPods ?? 0;
  const lowest = types.find((each) => each.maxPods === maxPods);
  if (lowest === undefined) return undefined;
  const { enis, ipv4PerEni } = requireInstanceType(lowest.instanceType);
  return (
    `kubelet keeps the ${maxPods} pods that the EKS AMI computes from ENIs (${enis} x (${ipv4PerEni} - 1) + 2 on` +
    ` ${lowest.instanceType}) although ${mode} takes ${possible}, so pods stay Pending on nodes with room`
  );
}
