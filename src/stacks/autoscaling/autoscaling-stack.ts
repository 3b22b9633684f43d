import type { Construct } from "constructs";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { autoscalingContract } from "./autoscaling-contract";

/** What makes room for pods, and pods for load: Karpenter, metrics server, KEDA, VPA. */
export class AutoscalingStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "autoscaling", props);
    this.need("time");
    const { karpenter, keda } = this.installComponents();
    publish(this, autoscalingContract, {
      karpenter_aws: karpenter
        ? {
            controller_role_arn: karpenter.controllerRoleArn,
            node_role_arn: karpenter.nodeRoleArn,
            node_role_name: karpenter.nodeRoleName,
            queue_name: karpenter.queueName,
          }
        : {},
      keda_aws: keda?.operatorRoleArn === undefined ? {} : { operator_role_arn: keda.operatorRoleArn },
    });
  }
}
