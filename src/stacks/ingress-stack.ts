import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { Construct } from "constructs";
import type { IngressConfig } from "../config/schema/ingress";
import {
  gatewayImplementation,
  gatewayNamespace,
  loadBalancerTargets,
  usesIstioGateway,
} from "../config/traffic";
import { partitionOf } from "../facts/regions";
import { HelmRelease } from "../modules/helm-release";
import { AwsRelease } from "../modules/ingress/aws-release";
import { certManagerValues, dnsIssuer } from "../modules/ingress/cert-manager-values";
import { externalDnsValues } from "../modules/ingress/external-dns-values";
import { ingressClasses } from "../modules/ingress/ingress-classes";
import { loadBalancerControllerValues } from "../modules/ingress/load-balancer-controller-values";
import { LoadBalancerLogs } from "../modules/ingress/load-balancer-logs";
import { nginxValues } from "../modules/ingress/nginx-values";
import { ManifestRelease } from "../modules/manifest-release";
import { PlatformGateways } from "../modules/workloads/traffic/platform-gateways";
import { ingressContract, networkContract } from "./contracts";
import { InClusterStack, type InClusterStackProps } from "./in-cluster-stack";
import { platformTags } from "./platform-stack";
import { publish } from "./published-outputs";
import { trafficPlatform } from "./traffic-platform";

type Dns = NonNullable<IngressConfig["dns"]>;

/** How traffic gets into the cluster: load balancers, their names and their certificates. */
export class IngressStack extends InClusterStack {
  constructor(scope: Construct, props: InClusterStackProps) {
    super(scope, "ingress", props);
    const { ingress } = this.target.config;
    if (ingress === undefined) throw new Error(`${this.target.name} has no ingress`);
    new TimeProvider(this, "time");

    const logs = this.addAccessLogs(ingress);
    const controller = this.addLoadBalancerController(ingress, logs);
    const dns = ingress.dns && this.addExternalDns(ingress.dns);
    const certManager = ingress.certificates && this.addCertManager(ingress.certificates, ingress.dns);
    if (ingress.nginx) this.addNginx(controller);
    this.addGateways([controller, certManager]);
    publish(this, ingressContract, {
      load_balancer_controller_role_arn: controller.roleArn,
      external_dns_role_arn: dns?.roleArn ?? "",
      cert_manager_role_arn: certManager?.roleArn ?? "",
      access_logs_bucket: logs?.bucket ?? "",
    });
  }

  private addAccessLogs({ loadBalancers: { accessLogs } }: IngressConfig): LoadBalancerLogs | undefined {
    if (accessLogs === undefined) return undefined;
    const { clusterName, region, config } = this.target;
    return new LoadBalancerLogs(this, "access-logs", {
      clusterName,
      accountId: config.account.id,
      partition: partitionOf(region),
      region,
      retentionDays: accessLogs.retentionDays,
    });
  }

  private addLoadBalancerController(
    { loadBalancers }: IngressConfig,
    logs: LoadBalancerLogs | undefined,
  ): AwsRelease {
    const { region, config, release, name, environment } = this.target;
    const { publicNamespaces, certificateArns, tlsPolicy, wafAclArn } = loadBalancers;
    const controller = new AwsRelease(this, "aws-load-balancer-controller", {
      chart: release.charts["aws-load-balancer-controller"],
      clusterName: this.target.clusterName,
      namespace: "kube-system",
      serviceAccount: "aws-load-balancer-controller",
      policies: { attachAwsLbControllerPolicy: true },
      values: loadBalancerControllerValues({
        clusterName: this.target.clusterName,
        region,
        vpcId: this.readStack("network", networkContract).vpc_id,
        tlsPolicy,
        gateways: gatewayImplementation(config.traffic) === "aws",
        tags: { ...config.tags, ...platformTags(name, environment) },
        ...this.placement(),
      }),
    });
    new ManifestRelease(this, "ingress-classes", {
      namespace: "kube-system",
      manifests: ingressClasses({
        publicNamespaces,
        certificateArns,
        tlsPolicy,
        targetType: loadBalancerTargets(config.cni),
        ...(wafAclArn !== undefined && { wafAclArn }),
        ...(logs && { logBucket: logs.bucket }),
      }),
      dependsOn: [controller.release, ...(logs ? [logs.policy] : [])],
    });
    return controller;
  }

  private addExternalDns({ zones, deleteRecords }: Dns): AwsRelease {
    const { clusterName, region, release } = this.target;
    return new AwsRelease(this, "external-dns", {
      chart: release.charts["external-dns"],
      clusterName,
      namespace: "external-dns",
      serviceAccount: "external-dns",
      policies: { attachExternalDnsPolicy: true, externalDnsHostedZoneArns: this.zoneArns(zones) },
      values: externalDnsValues({ clusterName, region, zones, deleteRecords, ...this.mirror() }),
    });
  }

  private addCertManager(
    { email, staging }: NonNullable<IngressConfig["certificates"]>,
    dns: Dns | undefined,
  ): AwsRelease {
    const { clusterName, region, release } = this.target;
    const zones = dns?.zones ?? {};
    const certManager = new AwsRelease(this, "cert-manager", {
      chart: release.charts["cert-manager"],
      clusterName,
      namespace: "cert-manager",
      serviceAccount: "cert-manager",
      policies: { attachCertManagerPolicy: true, certManagerHostedZoneArns: this.zoneArns(zones) },
      values: certManagerValues(this.placement()),
    });
    new ManifestRelease(this, "certificate-issuers", {
      namespace: "cert-manager",
      manifests: { letsencrypt: dnsIssuer({ email, staging, region, zones }) },
      dependsOn: [certManager.release],
    });
    return certManager;
  }

  /** Gateways of Cilium and of AWS. Those of Istio come with it. */
  private addGateways(needed: readonly (AwsRelease | undefined)[]): void {
    const platform = trafficPlatform(this.target, []);
    const { traffic } = this.target.config;
    if (platform === undefined || usesIstioGateway(traffic)) return;
    new PlatformGateways(this, "traffic", {
      platform,
      makeNamespace: gatewayNamespace(traffic),
      dependsOn: needed.flatMap((each) => (each ? [each.release] : [])),
    });
  }

  private addNginx({ release }: AwsRelease): void {
    const { hostNetwork, imageMirror } = this.placement();
    new HelmRelease(this, "ingress-nginx", {
      chart: this.target.release.charts["ingress-nginx"],
      namespace: "ingress-nginx",
      values: nginxValues(hostNetwork, imageMirror),
      dependsOn: [release],
    });
  }

  private zoneArns(zones: Dns["zones"]): string[] {
    const partition = partitionOf(this.target.region);
    return Object.values(zones)
      .sort()
      .map((id) => `arn:${partition}:route53:::hostedzone/${id}`);
  }

  /** With an overlay the control plane reaches nodes and not pods. */
  private placement(): { hostNetwork: boolean; imageMirror?: string } {
    return { hostNetwork: this.target.config.cni.kind === "cilium-overlay", ...this.mirror() };
  }

  private mirror(): { imageMirror?: string } {
    const { images } = this.target.config;
    return images ? { imageMirror: images.mirror } : {};
  }
}
