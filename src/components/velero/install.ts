import { closeNamespace } from "../../wiring/close-namespace";
import { keyOwner } from "../../wiring/key-owner";
import { type Installing, settingsOf } from "../installing";
import { VELERO_NAMESPACE } from "./record";
import { Velero } from "./velero";

export function installVelero(stack: Installing): Velero {
  const { scope, target, clusterName, cluster, mirror, need } = stack;
  need("time");
  const { config, release, region } = target;
  const velero = new Velero(scope, "velero", {
    ...settingsOf(config.backup, target),
    chart: release.charts.velero,
    owner: keyOwner(target),
    clusterName,
    region,
    volumesKeyArn: cluster().volumes_key_arn,
    monitored: config.observability?.prometheus !== undefined,
    ...mirror,
  });
  closeNamespace(stack, VELERO_NAMESPACE, [velero.release]);
  return velero;
}
