import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { NatAlarms } from "../../modules/observability/nat-alarms";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { networkContract } from "../network/network-contract";
import { natOf } from "../network/target-egress";
import { observabilityContract } from "./observability-contract";

/** Metrics, logs, traces and the alerts made of them. */
export class ObservabilityStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "observability", props);
    this.need("time");
    this.addNatAlarms();
    const {
      "amazon-cloudwatch-observability": insights,
      "aws-for-fluent-bit": shipper,
      "opentelemetry-operator": collector,
    } = this.installComponents();
    publish(this, observabilityContract, {
      role_arns: {
        ...(insights && { "container-insights": insights.roleArn }),
        ...(shipper && { "fluent-bit": shipper.roleArn }),
        ...(collector?.roleArn !== undefined && { "otlp-collector": collector.roleArn }),
      },
    });
  }

  private addNatAlarms(): void {
    const alerts = this.target.config.observability?.alerts;
    const nat = natOf(this.target);
    if (alerts === undefined || nat.kind === "none") return;
    const { nat_gateway_ids: ids } = this.readStack("network", networkContract);
    const zones = nat.kind === "single" ? [nat.zone] : this.target.zones.kept;
    new NatAlarms(this, "nat-alarms", {
      name: this.target.clusterName,
      gatewayIds: Object.fromEntries(zones.map((zone) => [zone, Fn.lookup(ids, zone)])),
      topicArn: alerts.to,
    });
  }
}
