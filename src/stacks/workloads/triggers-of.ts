import { MONITORING_NAMESPACE, PROMETHEUS_SERVICE } from "../../components/kube-prometheus-stack/record";
import type { ServiceSettings } from "../../model/settings";
import type { Target } from "../../model/target";
import type { Trigger } from "../../modules/workloads/triggers";
import { present } from "../../text/errors";

type Horizontal = NonNullable<ServiceSettings["scaling"]["horizontal"]>;

/** What KEDA asks for a service, in the order of the config. */
export function triggersOf(
  { queues, prometheus, cloudWatch, kafka, schedules }: Horizontal,
  { config }: Target,
): Trigger[] {
  const address = `http://${PROMETHEUS_SERVICE}.${MONITORING_NAMESPACE}.svc:9090`;
  return [
    ...queues.map((queue): Trigger => ({ kind: "queue", ...queue })),
    ...prometheus.map((each): Trigger => ({ kind: "prometheus", address, ...each })),
    ...cloudWatch.map((each): Trigger => ({ kind: "cloudwatch", ...each })),
    ...kafka.map(({ cluster, ...each }): Trigger => {
      const { brokers } = present(config.keda?.kafka[cluster], `keda.kafka.${cluster}`);
      return { kind: "kafka", brokers, ...each };
    }),
    ...schedules.map((each): Trigger => ({ kind: "schedule", ...each })),
  ];
}
