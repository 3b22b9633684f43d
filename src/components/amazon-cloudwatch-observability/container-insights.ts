import { Construct } from "constructs";
import { EksAddon } from "../../modules/eks-addon";
import { PodIdentity } from "../../modules/pod-identity";
import { ContainerLogs, type ContainerLogsProps } from "./container-logs";

export interface ContainerInsightsProps extends Omit<ContainerLogsProps, "groups" | "writer"> {
  /** Version of the add-on. */
  readonly version: string;
  readonly enhanced: boolean;
  /** Ship logs of containers and nodes. */
  readonly logs: boolean;
}

/** CloudWatch agent and, with logs, Fluent Bit: the EKS add-on with a role by Pod Identity. */
export class ContainerInsights extends Construct {
  readonly roleArn: string;
  readonly release: EksAddon["addon"];

  constructor(scope: Construct, id: string, props: ContainerInsightsProps) {
    super(scope, id);
    const { clusterName, region, version, enhanced, logs } = props;
    const groups = logs ? ["performance", "application", "dataplane", "host"] : ["performance"];
    const { groups: logGroups } = new ContainerLogs(this, "logs", {
      ...props,
      writer: "container-insights",
      groups,
    });
    const identity = new PodIdentity(this, "identity", {
      clusterName,
      purpose: "cloudwatch-agent",
      policies: { attachAwsCloudwatchObservabilityPolicy: true },
    });
    this.roleArn = identity.roleArn;
    this.release = new EksAddon(this, "addon", {
      clusterName,
      addonName: "amazon-cloudwatch-observability",
      version,
      configuration: addonConfiguration({ region, enhanced, logs }),
      identity: { serviceAccount: "cloudwatch-agent", roleArn: identity.roleArn },
      dependsOn: [...logGroups],
    }).addon;
  }
}

/** Configuration of the add-on: the values of its chart (aws-observability/helm-charts, amazon-cloudwatch-observability). */
export function addonConfiguration({
  region,
  enhanced,
  logs,
}: Pick<ContainerInsightsProps, "region" | "enhanced" | "logs">): object {
  return {
    containerLogs: { enabled: logs },
    agent: {
      config: {
        agent: { region },
        logs: {
          metrics_collected: {
            kubernetes: { enhanced_container_insights: enhanced, accelerated_compute_metrics: false },
          },
        },
      },
    },
  };
}
