import { at, items, text, texts } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { type ClusterPlace, callsOf } from "../calls-of";
import { ofAccounts } from "../synthesized";

const SCALERS = "kedacore/keda v2.20.2 pkg/scalers";

/** What each scaler of AWS calls, by the trigger's type; on `*` where the action knows no resource. */
const scalers: Readonly<Record<string, readonly [service: string, actions: string, file: string]>> = {
  "aws-sqs-queue": ["sqs", "GetQueueAttributes", "aws_sqs_queue_scaler.go"],
  "aws-cloudwatch": ["cloudwatch", "GetMetricData", "aws_cloudwatch_scaler.go"],
  "aws-kinesis-stream": ["kinesis", "DescribeStreamSummary", "aws_kinesis_stream_scaler.go"],
  "aws-dynamodb": ["dynamodb", "Query", "aws_dynamodb_scaler.go"],
  "aws-dynamodb-streams": ["dynamodb", "DescribeTable DescribeStream", "aws_dynamodb_streams_scaler.go"],
};

export interface KedaTrigger {
  /** As a ScaledObject names it. */
  readonly type: string;
  readonly resources: readonly string[];
}

/** What KEDA's operator calls for triggers that take its own role. Triggers of others than AWS call nothing. */
export function kedaCalls(triggers: readonly KedaTrigger[]): AwsCall[] {
  return triggers.flatMap(({ type, resources }) => {
    const scaler = scalers[type];
    if (scaler === undefined) return [];
    const [service, actions, file] = scaler;
    return callsOf(service, `${SCALERS}/${file}`)(`read what ${type} scales by`, actions, resources);
  });
}

export const kedaAccounts = ofAccounts({
  "keda-operator": ({ place, role, objects, written }) => {
    const granted = items(role.policy_statements).flatMap((statement) => texts(at(statement, "resources")));
    const triggers = objects("ScaledObject", "ScaledJob")
      .flatMap((scaled) => items(at(scaled, "spec", "triggers")))
      .filter((trigger) => text(at(trigger, "authenticationRef", "kind")) === "ClusterTriggerAuthentication");
    const asked = triggers.flatMap((trigger) => {
      const of = (key: string) => written(at(trigger, "metadata", key));
      const type = text(at(trigger, "type"));
      if (type === "apache-kafka")
        return kafkaCalls(
          clusterOf(of("bootstrapServers"), granted, place),
          [of("topic")],
          [of("consumerGroup")],
        );
      const resources = type === "aws-sqs-queue" ? queueArns(of("queueURL"), place.partition) : ["*"];
      return kedaCalls([{ type, resources }]);
    });
    // What teams' own ScaledObjects ask is in no stack: the configuration names it, and the role's statement does.
    const isAsked = (arn: string) => asked.some(({ resources }) => resources.includes(arn));
    return [...asked, ...granted.filter((arn) => !isAsked(arn)).flatMap(callsOfGranted)];
  },
});

const KAFKA = callsOf(
  "kafka-cluster",
  `${SCALERS}/apache_kafka_scaler.go (Metadata, DescribeGroups, OffsetFetch, ListOffsets)`,
);

/** What the scaler asks of brokers, as MSK names it (Amazon MSK Developer Guide, "IAM access control", actions). */
function kafkaCalls(clusterArn: string, topics: readonly string[], groups: readonly string[]): AwsCall[] {
  const arns = (kind: "topic" | "group", names: readonly string[]) =>
    names.map((name) => kafkaArn(clusterArn, kind, name));
  return [
    ...KAFKA("connect to brokers", "Connect", [clusterArn]),
    ...KAFKA("read a topic's offsets", "DescribeTopic", arns("topic", topics)),
    ...KAFKA("read a group's offsets", "DescribeGroup", arns("group", groups)),
  ];
}

/** The cluster that a broker belongs to; its id is in no host name, so it is that of the cluster which the role may read. */
function clusterOf(
  brokers: string,
  granted: readonly string[],
  { partition, region, accountId }: ClusterPlace,
): string {
  const [, name = "*"] = /^b-\d+\.([^.]+)\./.exec(brokers) ?? [];
  const clusters = granted.filter((arn) => arn.includes(":cluster/"));
  const named =
    clusters.find((arn) => arn.includes(`:cluster/${name}/`)) ?? (name === "*" ? clusters[0] : undefined);
  return named ?? `arn:${partition}:kafka:${region}:${accountId}:cluster/${name}/*`;
}

function callsOfGranted(arn: string): AwsCall[] {
  const [, , service = "", , , resource = ""] = arn.split(":");
  if (arn === "*") return kedaCalls([{ type: "aws-cloudwatch", resources: ["*"] }]);
  if (service === "sqs") return kedaCalls([{ type: "aws-sqs-queue", resources: [arn] }]);
  const actions = { cluster: "Connect", topic: "DescribeTopic", group: "DescribeGroup" };
  const kind = resource.split("/")[0];
  const action = kind === "cluster" || kind === "topic" || kind === "group" ? actions[kind] : undefined;
  return action === undefined ? [] : KAFKA("read the lag of consumers", action, [arn]);
}

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` */
function queueArns(url: string, partition: string): string[] {
  const [, region, account, name] = /^https:\/\/sqs\.([\w-]+)\.[^/]+\/(\d+)\/(.+)$/.exec(url) ?? [];
  return name === undefined
    ? [url === "" ? "*" : url]
    : [`arn:${partition}:sqs:${region}:${account}:${name}`];
}

/** ARN of a topic or a group of a cluster: `arn:aws:kafka:us-east-1:111122223333:topic/events/<id>/orders`. */
export function kafkaArn(clusterArn: string, kind: "topic" | "group", name: string): string {
  return `${clusterArn.replace(":cluster/", `:${kind}/`)}/${name}`;
}
