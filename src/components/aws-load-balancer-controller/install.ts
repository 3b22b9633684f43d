import { propertyAccess, type ITerraformDependable, Token } from "cdktf";
import { partitionOf } from "../../facts/regions";
import { resourceTags } from "../../model/resource-tags";
import type { IngressSettings } from "../../model/settings";
import { gatewayImplementation } from "../../model/traffic";
import { AwsRelease } from "../../modules/aws-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { type Installation, type Installing, settingsOf } from "../installing";
import { ingressClasses, type SubnetIds } from "./ingress-classes";
import { loadBalancerControllerValues } from "./load-balancer-controller-values";
import { LoadBalancerLogs } from "./load-balancer-logs";

interface LoadBalancerControllerInstallation extends Installation {
  readonly roleArn: string;
  /** Bucket of load balancers' access logs. */
  readonly accessLogsBucket?: string;
}

/** The controller, its classes, and the bucket that load balancers write to. */
export function installLoadBalancerController(stack: Installing): LoadBalancerControllerInstallation {
  const { target, need } = stack;
  need("time");
  const { loadBalancers } = settingsOf(target.config.ingress, target);
  const logs = accessLogsOf(stack, loadBalancers);
  const controller = addController(stack, loadBalancers);
  addClasses(stack, loadBalancers, { release: controller.release, ...(logs && { logs }) });
  return {
    release: controller.release,
    roleArn: controller.roleArn,
    ...(logs && { accessLogsBucket: logs.bucket }),
  };
}

/** Where load balancers are put. Zones that are on their way out have none. */
export function loadBalancerSubnets({ target, network }: Pick<Installing, "target" | "network">): SubnetIds {
  const { node_subnet_ids, public_subnet_ids } = network();
  return {
    internal: Object.values(node_subnet_ids),
    public: target.subnets.has("public")
      ? target.zones.inUse.map((zone) => Token.asString(propertyAccess(public_subnet_ids, [zone])))
      : [],
  };
}

type LoadBalancers = IngressSettings["loadBalancers"];

/** Where load balancers write, and what has to be there before they do. */
interface AccessLogs {
  readonly bucket: string;
  readonly prefix?: string;
  readonly policy?: ITerraformDependable;
}

function accessLogsOf(
  { scope, target, clusterName }: Installing,
  { accessLogs }: LoadBalancers,
): AccessLogs | undefined {
  if (accessLogs === undefined || accessLogs.kind === "given") return accessLogs;
  const { region, config } = target;
  return new LoadBalancerLogs(scope, "access-logs", {
    clusterName,
    accountId: config.account.id,
    partition: partitionOf(region),
    region,
    retentionDays: accessLogs.retentionDays,
  });
}

function addController(
  { scope, target, clusterName, network, placement }: Installing,
  { tlsPolicy }: LoadBalancers,
): AwsRelease {
  const { region, config, release } = target;
  return new AwsRelease(scope, "aws-load-balancer-controller", {
    chart: release.charts["aws-load-balancer-controller"],
    clusterName,
    namespace: "kube-system",
    serviceAccount: "aws-load-balancer-controller",
    policies: { attachAwsLbControllerPolicy: true },
    values: loadBalancerControllerValues({
      clusterName,
      region,
      vpcId: network().vpc_id,
      tlsPolicy,
      gateways: gatewayImplementation(config.traffic) === "aws",
      tags: resourceTags(target),
      ...placement,
    }),
  });
}

function addClasses(
  stack: Installing,
  { publicNamespaces, certificateArns, tlsPolicy, wafAclArn }: LoadBalancers,
  { release, logs }: { readonly release: ITerraformDependable; readonly logs?: AccessLogs },
): void {
  new ManifestRelease(stack.scope, "ingress-classes", {
    namespace: "kube-system",
    manifests: ingressClasses({
      publicNamespaces,
      certificateArns,
      tlsPolicy,
      targetType: stack.target.loadBalancerTargets,
      subnetIds: loadBalancerSubnets(stack),
      ...(wafAclArn !== undefined && { wafAclArn }),
      ...(logs && { logs }),
    }),
    dependsOn: [release, ...(logs?.policy ? [logs.policy] : [])],
  });
}
