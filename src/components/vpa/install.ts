import { type Installing, releasesOf, settingsOf } from "../installing";
import { VerticalPodAutoscaler } from "./vertical-pod-autoscaler";

export const installVpa = ({
  scope,
  target,
  placement,
  dependsOn,
  earlier,
}: Installing): VerticalPodAutoscaler =>
  new VerticalPodAutoscaler(scope, "vpa", {
    ...placement,
    ...settingsOf(target.config.verticalPodAutoscaler, target),
    chart: target.release.charts.vpa,
    dependsOn: [...dependsOn, ...releasesOf(earlier, "metrics-server")],
  });
