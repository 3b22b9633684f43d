import { kafkaArn } from "./calls";
import type { EksPodIdentityPolicyStatement } from "../../modules/registry/eks-pod-identity";

/** What KEDA's operator may read of AWS. */
export interface KedaReads {
  readonly queueArns: readonly string[];
  readonly cloudWatch: boolean;
  readonly kafka: readonly KafkaReads[];
}

/** Of an MSK cluster with IAM access control. */
export interface KafkaReads {
  readonly clusterArn: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
}

/** Each scaler's own reads and nothing else: it takes no message, and GetMetricData knows no resource. */
export function kedaStatements({ queueArns, cloudWatch, kafka }: KedaReads): EksPodIdentityPolicyStatement[] {
  return [
    ...(queueArns.length === 0
      ? []
      : [{ sid: "QueueLength", actions: ["sqs:GetQueueAttributes"], resources: queueArns }]),
    ...(cloudWatch ? [{ sid: "Metrics", actions: ["cloudwatch:GetMetricData"], resources: ["*"] }] : []),
    ...(kafka.length === 0
      ? []
      : [
          {
            sid: "KafkaConnect",
            actions: ["kafka-cluster:Connect"],
            resources: kafka.map(({ clusterArn }) => clusterArn),
          },
          {
            sid: "KafkaOffsets",
            actions: ["kafka-cluster:DescribeTopic"],
            resources: kafka.flatMap((each) =>
              each.topics.map((topic) => kafkaArn(each.clusterArn, "topic", topic)),
            ),
          },
          {
            sid: "KafkaGroups",
            actions: ["kafka-cluster:DescribeGroup"],
            resources: kafka.flatMap((each) =>
              each.groups.map((group) => kafkaArn(each.clusterArn, "group", group)),
            ),
          },
        ]),
  ];
}
