import { kedaTrigger, type Trigger } from "../../../src/modules/workloads/triggers";

const place = { partition: "aws", region: "eu-west-1", accountId: "111122223333" };
const role = { name: "aws", kind: "ClusterTriggerAuthentication" };

// Keys and their forms: kedacore/keda v2.20.2 pkg/scalers.
const cases: readonly { what: string; trigger: Trigger; as: unknown }[] = [
  {
    what: "a queue, by its address, read by the operator's role",
    trigger: { kind: "queue", name: "orders", messagesPerReplica: 5 },
    as: {
      type: "aws-sqs-queue",
      metadata: {
        queueURL: "https://sqs.eu-west-1.amazonaws.com/111122223333/orders",
        queueLength: "5",
        awsRegion: "eu-west-1",
      },
      authenticationRef: role,
    },
  },
  {
    what: "a query; an empty answer is an error, and the replicas stay",
    trigger: {
      kind: "prometheus",
      address: "http://p:9090",
      query: "up",
      perReplica: 0.5,
      whenEmpty: "keep",
    },
    as: {
      type: "prometheus",
      metadata: { serverAddress: "http://p:9090", query: "up", threshold: "0.5", ignoreNullValues: "false" },
    },
  },
  {
    what: "a CloudWatch metric over two periods, its dimensions in two lists of one order",
    trigger: {
      kind: "cloudwatch",
      namespace: "AWS/SQS",
      metric: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: "orders", Tier: "a" },
      statistic: "Maximum",
      periodSeconds: 60,
      perReplica: 30,
      whenEmpty: "zero",
    },
    as: {
      type: "aws-cloudwatch",
      metadata: {
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensionName: "QueueName;Tier",
        dimensionValue: "orders;a",
        metricStat: "Maximum",
        metricStatPeriod: "60",
        metricCollectionTime: "120",
        targetMetricValue: "30",
        minMetricValue: "0",
        ignoreNullValues: "true",
        awsRegion: "eu-west-1",
      },
      authenticationRef: role,
    },
  },
  {
    what: "lag of consumers of MSK, over TLS, signed with the operator's role",
    trigger: {
      kind: "kafka",
      brokers: ["b-1:9098", "b-2:9098"],
      topic: "orders",
      group: "web",
      messagesPerReplica: 100,
    },
    as: {
      type: "apache-kafka",
      metadata: {
        bootstrapServers: "b-1:9098,b-2:9098",
        consumerGroup: "web",
        topic: "orders",
        lagThreshold: "100",
        sasl: "aws_msk_iam",
        tls: "enable",
        awsRegion: "eu-west-1",
      },
      authenticationRef: role,
    },
  },
  {
    what: "times of the day, which ask nobody",
    trigger: {
      kind: "schedule",
      start: "0 7 * * *",
      end: "0 19 * * *",
      timeZone: "Europe/Berlin",
      replicas: 6,
    },
    as: {
      type: "cron",
      metadata: { timezone: "Europe/Berlin", start: "0 7 * * *", end: "0 19 * * *", desiredReplicas: "6" },
    },
  },
];

test.each(cases)("$what", ({ trigger, as }) => {
  expect(kedaTrigger(trigger, place)).toEqual(as);
});
