import { keyOwner } from "../../wiring/key-owner";
import { type Installing, settingsOf } from "../installing";
import { FluentBit } from "./fluent-bit";
import { LOGGING_NAMESPACE } from "./record";

export const installFluentBit = ({ scope, target, clusterName, mirror }: Installing): FluentBit =>
  new FluentBit(scope, "fluent-bit", {
    clusterName,
    region: target.region,
    owner: keyOwner(target),
    chart: target.release.charts["aws-for-fluent-bit"],
    namespace: LOGGING_NAMESPACE,
    retentionDays: settingsOf(target.config.observability?.logShipper, target).retentionDays,
    ...mirror,
  });
