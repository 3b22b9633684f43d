import { type Install, settingsOf } from "../installing";
import { MetricsServer } from "./metrics-server";

export const installMetricsServer: Install = ({ scope, target, placement, dependsOn }) =>
  new MetricsServer(scope, "metrics-server", {
    ...placement,
    ...settingsOf(target.config.metricsServer, target),
    chart: target.release.charts["metrics-server"],
    dependsOn,
  });
