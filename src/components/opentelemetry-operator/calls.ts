import { at, entries, isTrue } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { ofAccounts } from "../synthesized";

const CONTRIB = "open-telemetry/opentelemetry-collector-contrib v0.142.0";

/** What an exporter of a collector calls, by its type as the collector's configuration names it. */
export interface Exporter {
  readonly type: string;
  /** Of what it writes to: a Prometheus workspace, log groups. */
  readonly resources?: readonly string[];
  /** `telemetry.enabled` of awsxray. */
  readonly telemetry?: boolean;
}

/** Exporters that go elsewhere than to AWS call nothing. */
export function exporterCalls({ type, resources = ["*"], telemetry = false }: Exporter): AwsCall[] {
  switch (type) {
    case "awsxray":
      return callsOf("xray", `${CONTRIB} exporter/awsxrayexporter/awsxray.go`)(
        "write traces",
        telemetry ? "PutTraceSegments PutTelemetryRecords" : "PutTraceSegments",
        ["*"],
      );
    case "prometheusremotewrite":
      return remoteWriteCalls(resources);
    case "awsemf":
    case "awscloudwatchlogs":
      return callsOf(
        "logs",
        "open-telemetry/opentelemetry-collector-contrib internal/aws/cwlogs/cwlog_client.go",
      )("write log events", "CreateLogStream PutLogEvents", resources);
    default:
      return [];
  }
}

/** Writing metrics to Amazon Managed Service for Prometheus, by whatever signs the requests. */
export function remoteWriteCalls(workspaceArns: readonly string[]): AwsCall[] {
  return callsOf("aps", "Amazon Managed Service for Prometheus User Guide, RemoteWrite")(
    "write metrics",
    "RemoteWrite",
    workspaceArns,
  );
}

export const collectorAccounts = ofAccounts({
  "otlp-collector": ({ objects }) =>
    objects("OpenTelemetryCollector").flatMap((collector) =>
      entries(at(collector, "spec", "config", "exporters")).flatMap(([name, settings]) =>
        exporterCalls({
          type: name.split("/")[0] ?? name,
          telemetry: isTrue(at(settings, "telemetry", "enabled")),
        }),
      ),
    ),
});
