import { z } from "zod";
import { groupName, kafkaName, queueName, topicName } from "../../../components/keda/settings";
import { cron } from "../cron";

const positive = z.number().positive();

const queue = z.strictObject({
  name: queueName.describe("Queue of the target's account and region; one of keda.queues."),
  messagesPerReplica: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .describe("Number of messages in the queue for which there is one more replica."),
});

const whenEmpty = z
  .enum(["keep", "zero"])
  .default("keep")
  .describe("What an empty answer means. keep: the replicas stay. zero: the figure is 0.");

const prometheus = z.strictObject({
  query: z
    .string()
    .min(1)
    .max(4096)
    .describe("PromQL that gives one figure, put to the platform's Prometheus.")
    .meta({ examples: ['sum(rate(http_requests_total{namespace="payments",service="orders"}[2m]))'] }),
  perReplica: positive.describe("Number in the query's answer for which there is one more replica."),
  whenEmpty,
});

// CloudWatch API Reference, MetricDatum and Dimension: names and values are of ASCII characters.
const ascii = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine(
      (text) => /^[\x20-\x7e]*$/.test(text),
      "is not plain ASCII, and CloudWatch has no such name; write it as CloudWatch shows it",
    );

const cloudWatch = z.strictObject({
  namespace: ascii(255)
    .describe("Namespace of the metric.")
    .meta({ examples: ["AWS/SQS"] }),
  metric: ascii(255)
    .describe("Name of the metric.")
    .meta({ examples: ["ApproximateAgeOfOldestMessage"] }),
  dimensions: z
    .record(ascii(255), ascii(1024))
    .refine(
      (all) => Object.keys(all).length <= 30,
      "has more than the 30 dimensions that a metric has at most",
    )
    .refine(
      (all) => ![...Object.keys(all), ...Object.values(all)].some((text) => text.includes(";")),
      "has a ;, which KEDA takes for the end of a dimension; use another metric",
    )
    .describe("Dimensions that name the metric, all of them.")
    .meta({ examples: [{ QueueName: "orders" }] }),
  statistic: z
    .enum(["Average", "Sum", "Minimum", "Maximum", "SampleCount"])
    .default("Average")
    .describe(
      "How the values of a period become one. Average: their mean. Sum: all of them together. Minimum: the least. Maximum: the greatest. SampleCount: how many there are.",
    ),
  periodSeconds: z
    .number()
    .int()
    .min(60)
    .max(86_400)
    .multipleOf(60, "must be a multiple of 60")
    .default(300)
    .describe("Seconds that one value stands for."),
  perReplica: positive.describe("Number, in the metric's unit, for which there is one more replica."),
  whenEmpty,
});

const kafka = z.strictObject({
  cluster: kafkaName.describe("Name of the MSK cluster in keda.kafka.").meta({ examples: ["events"] }),
  topic: topicName.describe("Topic that the service reads; one of the cluster's topics in keda.kafka."),
  group: groupName.describe("Consumer group of the service; one of the cluster's groups in keda.kafka."),
  messagesPerReplica: z
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .describe("Number of messages that wait (lag) for which there is one more replica."),
});

// kedacore/keda v2.20.2 pkg/scalers/cron_scaler.go parses five fields and no descriptor.
const moment = cron.refine(
  (text) => !text.trim().startsWith("@"),
  "must be five fields; KEDA takes no word such as @daily",
);

const schedule = z.strictObject({
  start: moment.describe("When it begins, as five fields of cron.").meta({ examples: ["0 7 * * mon-fri"] }),
  end: moment.describe("When it ends, as five fields of cron.").meta({ examples: ["0 19 * * mon-fri"] }),
  timeZone: z
    .string()
    .refine(isTimeZone, "is not a time zone; write a name of the IANA database, for example Europe/Berlin")
    .refine(
      isWrittenAsFile,
      "has other capitals than the IANA database, and KEDA looks for a file of just that name; write it as there, for example Europe/Berlin",
    )
    .default("UTC")
    .describe("Time zone of start and end.")
    .meta({ examples: ["Europe/Berlin"] }),
  replicas: z.number().int().min(1).max(1000).describe("Least number of replicas from start to end."),
});

/** What sets the replicas by KEDA: the one that asks for most of them wins. */
export const triggers = {
  queues: z.array(queue).default([]).describe("SQS queues whose length sets the replicas, by KEDA."),
  prometheus: z
    .array(prometheus)
    .default([])
    .describe(
      "Figures of the platform's Prometheus that set the replicas, by KEDA: custom metrics of pods among them.",
    ),
  cloudWatch: z.array(cloudWatch).default([]).describe("CloudWatch metrics that set the replicas, by KEDA."),
  kafka: z.array(kafka).default([]).describe("Lag of consumers of MSK that sets the replicas, by KEDA."),
  schedules: z
    .array(schedule)
    .default([])
    .describe("Times of more replicas, by KEDA; two of one service should not overlap."),
};

export const triggerKinds = ["queues", "prometheus", "cloudWatch", "kafka", "schedules"] as const;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    // Offsets are taken there as well, and by nobody else.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Go's time.LoadLocation opens a file of the zone's name (kedacore/keda v2.20.2, pkg/scalers/cron_scaler.go); Intl takes any capitals. */
function isWrittenAsFile(name: string): boolean {
  const same = Intl.supportedValuesOf("timeZone").find((zone) => zone.toLowerCase() === name.toLowerCase());
  return same === undefined ? /^[A-Z]/.test(name) : same === name;
}
