import { partitionOf } from "../../facts/regions";
import { closeNamespace } from "../../wiring/close-namespace";
import { type Installing, settingsOf } from "../installing";
import { Keda } from "./keda";
import { KEDA_NAMESPACE, kedaOpenPorts } from "./record";

export function installKeda(stack: Installing): Keda {
  const { scope, target, clusterName, placement, dependsOn } = stack;
  const { config, region, release } = target;
  const { queues, cloudWatch, kafka } = settingsOf(config.keda, target);
  const keda = new Keda(scope, "keda", {
    ...placement,
    chart: release.charts.keda,
    clusterName,
    reads: {
      queueArns: queues.map(
        (queue) => `arn:${partitionOf(region)}:sqs:${region}:${config.account.id}:${queue}`,
      ),
      cloudWatch,
      kafka: Object.values(kafka).map(({ cluster, topics, groups }) => ({
        clusterArn: cluster,
        topics,
        groups,
      })),
    },
    dependsOn,
  });
  closeNamespace(stack, KEDA_NAMESPACE, [keda.release], { ports: kedaOpenPorts(placement.hostNetwork) });
  return keda;
}
