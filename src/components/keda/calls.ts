import { at, items, text, texts } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
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
  // Queues of teams' own ScaledObjects are in no stack: the configuration names them, and the role's statement does.
  "keda-operator": ({ place, role, objects, written }) => {
    const triggers = objects("ScaledObject", "ScaledJob")
      .flatMap((scaled) => items(at(scaled, "spec", "triggers")))
      .filter((trigger) => text(at(trigger, "authenticationRef", "kind")) === "ClusterTriggerAuthentication")
      .map((trigger) => ({
        type: text(at(trigger, "type")),
        resources: queueArns(written(at(trigger, "metadata", "queueURL")), place.partition),
      }));
    const named = items(role.policy_statements).flatMap((statement) => texts(at(statement, "resources")));
    const others = named.filter((arn) => !triggers.some(({ resources }) => resources.includes(arn)));
    return kedaCalls([...triggers, ...others.map((arn) => ({ type: "aws-sqs-queue", resources: [arn] }))]);
  },
});

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` */
function queueArns(url: string, partition: string): string[] {
  const [, region, account, name] = /^https:\/\/sqs\.([\w-]+)\.[^/]+\/(\d+)\/(.+)$/.exec(url) ?? [];
  return name === undefined
    ? [url === "" ? "*" : url]
    : [`arn:${partition}:sqs:${region}:${account}:${name}`];
}
