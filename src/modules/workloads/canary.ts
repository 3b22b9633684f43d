import type { ChartValues } from "../chart-values";
import type { RolloutRouting } from "./traffic/rollout-routing";

export interface CanaryStep {
  /** Percent. */
  readonly weight: number;
  /** `5m`, or until somebody promotes it. */
  readonly pause: string;
}

/** Our own figures: long enough to see errors in metrics that are read twice a minute. */
const DEFAULT_STEPS: readonly CanaryStep[] = [
  { weight: 10, pause: "5m" },
  { weight: 50, pause: "5m" },
];

export const UNTIL_PROMOTED = "until-promoted";

/** `spec.strategy` of a Rollout. Without routing, a weight is a share of the pods. */
export function canaryStrategy(
  steps: readonly CanaryStep[] = DEFAULT_STEPS,
  routing?: RolloutRouting,
): ChartValues {
  return {
    canary: {
      maxSurge: "25%",
      maxUnavailable: 0,
      ...routing,
      steps: steps.flatMap(({ weight, pause }): ChartValues[] => [
        { setWeight: weight },
        { pause: pause === UNTIL_PROMOTED ? {} : { duration: pause } },
      ]),
    },
  };
}
