import type { Construct } from "constructs";
import { loadBalancerSubnets } from "../../components/aws-load-balancer-controller/install";
import { type Installing, releasesOf } from "../../components/installing";
import { gatewayImplementation, gatewayNamespace, usesIstioGateway } from "../../model/traffic";
import { PlatformGateways } from "../../modules/workloads/traffic/platform-gateways";
import { trafficPlatform } from "../../wiring/traffic-platform";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { ingressContract } from "./ingress-contract";

/** How traffic gets into the cluster: load balancers, their names and their certificates. */
export class IngressStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "ingress", props);
    const { "external-dns": dns, "cert-manager": certManager } = this.installComponents();
    const controller = this.installation("aws-load-balancer-controller");
    this.addGateways();
    publish(this, ingressContract, {
      load_balancer_controller_role_arn: controller.roleArn,
      external_dns_role_arn: dns?.roleArn,
      cert_manager_role_arn: certManager?.roleArn,
      access_logs_bucket: controller.accessLogsBucket,
    });
  }

  /** Gateways of Cilium and of AWS. Those of Istio come with it. */
  private addGateways(): void {
    const platform = trafficPlatform(this.target, []);
    const { traffic } = this.target.config;
    if (platform === undefined || usesIstioGateway(traffic)) return;
    const stack: Pick<Installing, "target" | "network" | "earlier"> = this.installing();
    new PlatformGateways(this, "traffic", {
      platform,
      ...(gatewayImplementation(traffic) === "aws" && { subnetIds: loadBalancerSubnets(stack) }),
      makeNamespace: gatewayNamespace(traffic),
      dependsOn: releasesOf(stack.earlier, "aws-load-balancer-controller", "cert-manager"),
    });
  }
}
