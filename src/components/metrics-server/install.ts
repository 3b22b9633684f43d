import { type Installing, settingsOf } from "../installing";
import { MetricsServer } from "./metrics-server";

export const installMetricsServer = ({ scope, target, placement, dependsOn }: Installing): MetricsServer =>
  new MetricsServer(scope, "metrics-server", {
    ...placement,
    ...settingsOf(target.config.metricsServer, target),
    chart: target.release.charts["metrics-server"],
    dependsOn,
  });
