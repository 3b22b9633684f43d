import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";

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
