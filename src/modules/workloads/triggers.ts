import { KEDA_AWS_AUTHENTICATION } from "../../components/keda/keda";
import type { AwsPlace } from "../../components/external-secrets/secret-store";
import type { ChartValues } from "../chart-values";

/** What KEDA asks for the number of replicas. */
export type Trigger =
  | { readonly kind: "queue"; readonly name: string; readonly messagesPerReplica: number }
  | {
      readonly kind: "prometheus";
      /** `http://prometheus.monitoring.svc:9090` */
      readonly address: string;
      readonly query: string;
      readonly perReplica: number;
      /** What an empty answer means: nothing changes, or the figure is 0. */
      readonly whenEmpty: "keep" | "zero";
    }
  | {
      readonly kind: "cloudwatch";
      readonly namespace: string;
      readonly metric: string;
      readonly dimensions: Readonly<Record<string, string>>;
      readonly statistic: "Average" | "Sum" | "Minimum" | "Maximum" | "SampleCount";
      /** A multiple of 60. */
      readonly periodSeconds: number;
      readonly perReplica: number;
      readonly whenEmpty: "keep" | "zero";
    }
  | {
      readonly kind: "kafka";
      /** `host:port`, of MSK with IAM access control. */
      readonly brokers: readonly string[];
      readonly topic: string;
      readonly group: string;
      readonly messagesPerReplica: number;
    }
  | {
      readonly kind: "schedule";
      /** Five fields of cron. */
      readonly start: string;
      readonly end: string;
      /** Name in the IANA database. */
      readonly timeZone: string;
      readonly replicas: number;
    };

const byOperator = {
  authenticationRef: { name: KEDA_AWS_AUTHENTICATION, kind: "ClusterTriggerAuthentication" },
};

/**
 * A trigger as a ScaledObject has it; every value is text. Keys: kedacore/keda v2.20.2 pkg/scalers/{aws_sqs_queue,prometheus,
 * aws_cloudwatch,apache_kafka,cron}_scaler.go.
 */
export function kedaTrigger(trigger: Trigger, place: AwsPlace): ChartValues {
  switch (trigger.kind) {
    case "queue":
      return {
        type: "aws-sqs-queue",
        metadata: {
          queueURL: queueUrl(trigger.name, place),
          queueLength: String(trigger.messagesPerReplica),
          awsRegion: place.region,
        },
        ...byOperator,
      };
    case "prometheus":
      return {
        type: "prometheus",
        metadata: {
          serverAddress: trigger.address,
          query: trigger.query,
          threshold: String(trigger.perReplica),
          // Where it is false an empty answer is an error, and an HPA whose metric fails leaves the replicas as they are.
          ignoreNullValues: String(trigger.whenEmpty === "zero"),
        },
      };
    case "cloudwatch": {
      const dimensions = Object.entries(trigger.dimensions);
      return {
        type: "aws-cloudwatch",
        metadata: {
          namespace: trigger.namespace,
          metricName: trigger.metric,
          dimensionName: dimensions.map(([name]) => name).join(";"),
          dimensionValue: dimensions.map(([, value]) => value).join(";"),
          metricStat: trigger.statistic,
          metricStatPeriod: String(trigger.periodSeconds),
          // Two periods: the youngest may have no value yet.
          metricCollectionTime: String(2 * trigger.periodSeconds),
          targetMetricValue: String(trigger.perReplica),
          minMetricValue: "0",
          ignoreNullValues: String(trigger.whenEmpty === "zero"),
          awsRegion: place.region,
        },
        ...byOperator,
      };
    }
    case "kafka":
      return {
        // The scaler `kafka` has no role of MSK's in its own words; this one signs with the operator's.
        type: "apache-kafka",
        metadata: {
          bootstrapServers: trigger.brokers.join(","),
          consumerGroup: trigger.group,
          topic: trigger.topic,
          lagThreshold: String(trigger.messagesPerReplica),
          sasl: "aws_msk_iam",
          tls: "enable",
          awsRegion: place.region,
        },
        ...byOperator,
      };
    case "schedule":
      return {
        type: "cron",
        metadata: {
          timezone: trigger.timeZone,
          start: trigger.start,
          end: trigger.end,
          desiredReplicas: String(trigger.replicas),
        },
      };
  }
}

/** Amazon SQS Developer Guide, "Queue URLs". */
function queueUrl(name: string, { region, accountId }: AwsPlace): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}
