import { podDensity, type PodDensity, type PodDensityLimit, type PodDensityOptions } from "./pod-density";
import { type PodDensityMode, podDensityModes } from "./pod-density-mode";
import { remembered } from "./remembered";

/** What a node group or pool of several instance types can run on each node. */
export interface GroupPodDensity {
  readonly mode: PodDensityMode;
  /** The lowest of the types, which is what kubelet gets; null if one of them cannot run in the mode. */
  readonly maxPods: number | null;
  readonly limitedBy: PodDensityLimit | null;
  /** The types with the lowest figure, if others could run more; empty if all are alike. */
  readonly heldBackBy: readonly string[];
  /** The highest figure among the types: what the group could have without the ones that hold it back. */
  readonly highest: number | null;
  /** The lowest number of branch ENIs; null if one of them is unknown. */
  readonly podEnis: number | null;
  readonly reason: string | null;
  readonly types: readonly PodDensity[];
}

/**
 * The lowest density of the types holds for the whole group: a managed node group gives all its nodes one figure
 * (EKS Best Practices, "Use Similar Instance Types in the same Node Group").
 *
 * @throws UnknownInstanceTypeError
 */
export const groupPodDensity: (
  types: readonly string[],
  mode: PodDensityMode,
  options?: PodDensityOptions,
) => GroupPodDensity = remembered(densityOf);

function densityOf(
  types: readonly string[],
  mode: PodDensityMode,
  options: PodDensityOptions = {},
): GroupPodDensity {
  const all = types.map((name) => podDensity(name, mode, options));
  const impossible = all.find(({ maxPods }) => maxPods === null);
  const nothing = {
    mode,
    maxPods: null,
    limitedBy: null,
    heldBackBy: [],
    highest: null,
    podEnis: null,
    types: all,
  };
  if (impossible !== undefined)
    return { ...nothing, heldBackBy: [impossible.instanceType], reason: impossible.reason };

  const counts = all.flatMap(({ maxPods }) => (maxPods === null ? [] : [maxPods]));
  const maxPods = Math.min(...counts);
  const highest = Math.max(...counts);
  const lowest = all.filter((density) => density.maxPods === maxPods);
  const first = lowest[0];
  if (first === undefined) return { ...nothing, reason: "no instance type named" };
  return {
    mode,
    maxPods,
    limitedBy: first.limitedBy,
    heldBackBy: highest > maxPods ? lowest.map(({ instanceType }) => instanceType) : [],
    highest,
    podEnis: all.reduce<number | null>(
      (low, { podEnis }) => (low === null || podEnis === null ? null : Math.min(low, podEnis)),
      Infinity,
    ),
    reason: null,
    types: all,
  };
}

/** Every type in every mode named, or in all of them: what `octarine pods` prints. */
export function podDensityTable(
  types: readonly string[],
  modes: readonly PodDensityMode[] = podDensityModes,
  options: PodDensityOptions = {},
): readonly PodDensity[] {
  return types.flatMap((name) => modes.map((mode) => podDensity(name, mode, options)));
}
