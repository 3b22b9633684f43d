import { partitionOf } from "../../facts/regions";
import { type Install, settingsOf } from "../installing";
import { Keda } from "./keda";
import { KEDA_NAMESPACE } from "./record";

export const installKeda: Install = ({ scope, target, placement, dependsOn, closeNamespace }) => {
  const { config, region, clusterName, release } = target;
  const { queues } = settingsOf(config.keda, target);
  const keda = new Keda(scope, "keda", {
    ...placement,
    chart: release.charts.keda,
    clusterName,
    queueArns: queues.map(
      (queue) => `arn:${partitionOf(region)}:sqs:${region}:${config.account.id}:${queue}`,
    ),
    dependsOn,
  });
  closeNamespace(KEDA_NAMESPACE, [keda.release]);
  return {
    release: keda.release,
    ...(keda.operatorRoleArn !== undefined && { roleArn: keda.operatorRoleArn }),
  };
};
