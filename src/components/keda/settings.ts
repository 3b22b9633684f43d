import { z } from "zod";
import { cidr } from "../../config/schema/common";

/** SQS API reference, CreateQueue: 80 characters, with .fifo at the end of the name of a FIFO queue. */
export const queueName = z
  .string()
  .regex(
    /^(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?$/,
    "is not a queue name; write the name, not its address, for example orders or orders.fifo",
  )
  .meta({ examples: ["orders"] });

/** Apache Kafka, clients/src/main/java/org/apache/kafka/common/internals/Topic.java: 249 characters of these. */
export const topicName = z
  .string()
  .regex(/^[a-zA-Z0-9._-]{1,249}$/, "is not a topic name; write up to 249 letters, digits, ., _ and -")
  .refine((name) => name !== "." && name !== "..", "can't be . or ..")
  .meta({ examples: ["orders"] });

/** What a cluster of MSK is called in the config. */
export const kafkaName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "is not a name; write lower-case letters, digits and dashes, at most 40");

export const groupName = z
  .string()
  .min(1)
  .max(255)
  .meta({ examples: ["billing"] });

const kafka = z
  .strictObject({
    cluster: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[A-Za-z0-9-]{1,64}\/[a-f0-9-]+$/,
        "is not the ARN of an MSK cluster; write arn:aws:kafka:<region>:<account>:cluster/<name>/<id>",
      )
      .describe("MSK cluster with IAM access control.")
      .meta({
        examples: [
          "arn:aws:kafka:us-east-1:111122223333:cluster/events/1a2b3c4d-0000-1111-2222-333344445555-6",
        ],
      }),
    brokers: z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9.-]+:9098$/,
            "is not a broker with IAM access control; write its host and port 9098 (aws kafka get-bootstrap-brokers, BootstrapBrokerStringSaslIam)",
          ),
      )
      .min(1)
      .describe("Brokers to begin with, as host:9098 (IAM access control within the VPC).")
      .meta({ examples: [["b-1.events.abc123.c2.kafka.us-east-1.amazonaws.com:9098"]] }),
    cidrs: z
      .array(
        cidr.refine(
          ({ prefix }) => prefix >= 8,
          "is wider than any VPC, so KEDA would reach more than brokers; write the ranges of the brokers' subnets",
        ),
      )
      .min(1)
      .describe("Ranges of the brokers' subnets. Their security group must let the nodes in, at port 9098.")
      .meta({ examples: [["10.0.96.0/24"]] }),
    topics: z.array(topicName).min(1).describe("Topics whose offsets KEDA may read."),
    groups: z.array(groupName).min(1).describe("Consumer groups whose offsets KEDA may read."),
  })
  .describe("An MSK cluster, and what KEDA may read of it.");

export const keda = z
  .strictObject({
    queues: z
      .array(queueName)
      .default([])
      .describe("SQS queues of the target's account and region whose length KEDA may read."),
    cloudWatch: z
      .boolean()
      .default(false)
      .describe(
        "Whether KEDA may read CloudWatch metrics: all of the account in the region, as IAM can't narrow GetMetricData.",
      ),
    kafka: z
      .record(kafkaName, kafka)
      .prefault({})
      .describe("MSK clusters whose consumers' lag KEDA may read, by a name of yours."),
  })
  .describe("KEDA: scales replicas by events, such as the length of a queue, down to zero. Default: none.")
  .optional();
