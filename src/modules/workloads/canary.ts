import type { ChartValues } from "../chart-values";

/** Our own figures, those of a release by routes: long enough to see errors. */
const STEPS = [
  { weight: 10, pause: "10m" },
  { weight: 50, pause: "10m" },
] as const;

/** `spec.strategy` of a Rollout whose service has no routes: weights are shares of the pods. */
export const shareOfPods: ChartValues = {
  canary: {
    maxSurge: "25%",
    maxUnavailable: 0,
    steps: STEPS.flatMap(({ weight, pause }): ChartValues[] => [
      { setWeight: weight },
      { pause: { duration: pause } },
    ]),
  },
};
