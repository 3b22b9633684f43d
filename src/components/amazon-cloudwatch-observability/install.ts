import { keyOwner } from "../../wiring/key-owner";
import { type Installing, settingsOf } from "../installing";
import { ContainerInsights } from "./container-insights";

export const installContainerInsights = ({ scope, target, clusterName }: Installing): ContainerInsights =>
  new ContainerInsights(scope, "container-insights", {
    ...settingsOf(target.config.observability?.containerInsights, target),
    clusterName,
    region: target.region,
    owner: keyOwner(target),
    version: target.release.addons["amazon-cloudwatch-observability"].version,
  });
