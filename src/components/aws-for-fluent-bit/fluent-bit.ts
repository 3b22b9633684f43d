import { Construct } from "constructs";
import type { ChartValues } from "../../modules/chart-values";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass } from "../../modules/platform-pods";
import { PodIdentity } from "../../modules/pod-identity";
import {
  containerLogGroup,
  ContainerLogs,
  type ContainerLogsProps,
} from "../amazon-cloudwatch-observability/container-logs";

const ACCOUNT = "aws-for-fluent-bit";

export interface FluentBitProps extends Omit<ContainerLogsProps, "groups" | "writer"> {
  readonly chart: ChartRef;
  readonly namespace: string;
  readonly imageMirror?: string;
}

/** AWS for Fluent Bit: the log shipper of clusters without Container Insights. */
export class FluentBit extends Construct {
  readonly roleArn: string;
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: FluentBitProps) {
    super(scope, id);
    const { chart, namespace, clusterName, region, owner } = props;
    const logs = new ContainerLogs(this, "logs", { ...props, writer: "fluent-bit", groups: ["application"] });
    const group = containerLogGroup(clusterName, "application");
    const arn = `arn:${owner.partition}:logs:${region}:${owner.accountId}:log-group:${group}`;
    const identity = new PodIdentity(this, "shipper", {
      clusterName,
      purpose: "fluent-bit",
      serviceAccount: { namespace, name: ACCOUNT },
      policies: {
        attachCustomPolicy: true,
        policyStatements: [
          {
            sid: "Ship",
            actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources: [arn, `${arn}:*`],
          },
        ],
      },
    });
    this.roleArn = identity.roleArn;
    this.release = new HelmRelease(this, "helm", {
      name: ACCOUNT,
      chart,
      namespace,
      values: fluentBitValues(region, group, props.imageMirror),
      dependsOn: [...logs.groups, identity.effective],
    }).release;
  }
}

/** Values of the aws-for-fluent-bit chart, 0.2. */
export function fluentBitValues(region: string, logGroupName: string, imageMirror?: string): ChartValues {
  const repository = "public.ecr.aws/aws-observability/aws-for-fluent-bit";
  return {
    ...(imageMirror !== undefined && { image: { repository: mirrored(repository, imageMirror) } }),
    serviceAccount: { create: true, name: ACCOUNT },
    priorityClassName: priorityClass.node,
    tolerations: [{ operator: "Exists" }],
    cloudWatchLogs: {
      enabled: true,
      region,
      logGroupName,
      // Terraform makes the group, with its key and retention.
      autoCreateGroup: false,
    },
  };
}
