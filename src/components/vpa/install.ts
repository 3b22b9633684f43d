import { type Install, settingsOf } from "../installing";
import { VerticalPodAutoscaler } from "./vertical-pod-autoscaler";

export const installVpa: Install = ({ scope, target, placement, dependsOn, earlier }) => {
  const metricsServer = earlier.get("metrics-server");
  return new VerticalPodAutoscaler(scope, "vpa", {
    ...placement,
    ...settingsOf(target.config.verticalPodAutoscaler, target),
    chart: target.release.charts.vpa,
    dependsOn: [...dependsOn, ...(metricsServer ? [metricsServer.release] : [])],
  });
};
