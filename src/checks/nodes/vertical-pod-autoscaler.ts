import type { TargetCheck } from "../finding";

/** The recommender reads usage from the metrics API. */
export const verticalPodAutoscalerCheck: TargetCheck = ({ config }) => {
  if (config.verticalPodAutoscaler === undefined || config.metricsServer !== undefined) return [];
  const message = "has no usage to go by without the metrics server; write metricsServer: {}";
  return [{ path: ["verticalPodAutoscaler"], message, related: [["metricsServer"]] }];
};
