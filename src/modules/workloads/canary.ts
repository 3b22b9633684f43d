import type { ChartValues } from "../chart-values";

/** A share of the new version in percent, and how long it stays; `forever`: until somebody promotes it. */
export interface CanaryStep {
  readonly weight: number;
  readonly pause: string;
}

/** Our own figures, those of the schema: long enough to see errors. */
const DEFAULT_STEPS: readonly CanaryStep[] = [
  { weight: 10, pause: "10m" },
  { weight: 50, pause: "10m" },
];

/** `steps` of a Rollout's canary. */
export function canarySteps(steps: readonly CanaryStep[] = DEFAULT_STEPS): ChartValues[] {
  return steps.flatMap(({ weight, pause }): ChartValues[] => [
    { setWeight: weight },
    { pause: pause === "forever" ? {} : { duration: pause } },
  ]);
}

/** `spec.strategy` of a Rollout whose service has no routes: weights are shares of the pods. */
export const shareOfPods: ChartValues = {
  canary: { maxSurge: "25%", maxUnavailable: 0, steps: canarySteps() },
};
