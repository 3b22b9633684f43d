import { Fault } from "../../text/errors";
import type { IngressSettings } from "../../model/settings";
import { Labels as KubernetesLabels } from "@cdktf/provider-kubernetes/lib/labels";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import { propertyAccess, Token } from "cdktf";
import type { Construct } from "constructs";
import {
  certificateNameservers,
  certificateZones,
  type ZoneWriter,
  zoneWriters,
} from "../../model/hosted-zones";
import { gatewayImplementation, gatewayNamespace, usesIstioGateway } from "../../model/traffic";
import { READINESS_GATE_LABEL } from "../../facts/load-balancer-drain";
import { partitionOf } from "../../facts/regions";
import { HelmRelease } from "../../modules/helm-release";
import { AwsRelease } from "../../modules/aws-release";
import { certManagerValues, dnsIssuer } from "../../components/cert-manager/cert-manager-values";
import { CERT_MANAGER_NAMESPACE } from "../../components/cert-manager/record";
import { EXTERNAL_DNS_NAMESPACE } from "../../components/external-dns/record";
import { NGINX_NAMESPACE } from "../../components/ingress-nginx/record";
import { externalDnsValues } from "../../components/external-dns/external-dns-values";
import {
  ingressClasses,
  type SubnetIds,
} from "../../components/aws-load-balancer-controller/ingress-classes";
import { loadBalancerControllerValues } from "../../components/aws-load-balancer-controller/load-balancer-controller-values";
import { LoadBalancerLogs } from "../../components/aws-load-balancer-controller/load-balancer-logs";
import { nginxValues } from "../../components/ingress-nginx/nginx-values";
import { ManifestRelease } from "../../modules/manifest-release";
import type { IdentityPolicies } from "../../modules/pod-identity";
import { PlatformGateways } from "../../modules/workloads/traffic/platform-gateways";
import { ingressContract } from "./ingress-contract";
import { networkContract } from "../network/network-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import { platformTags, type PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { trafficPlatform } from "../traffic-platform";

type Dns = NonNullable<IngressSettings["dns"]>;

/** How traffic gets into the cluster: load balancers, their names and their certificates. */
export class IngressStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "ingress", props);
    const { ingress } = this.target.config;
    if (ingress === undefined) throw new Fault(`${this.target.name} has no ingress`);
    new TimeProvider(this, "time");

    const logs = this.addAccessLogs(ingress);
    const controller = this.addLoadBalancerController(ingress, logs);
    const dns = ingress.dns && this.addExternalDns(ingress.dns);
    const certManager = ingress.certificates && this.addCertManager(ingress.certificates);
    if (ingress.nginx) this.addNginx(controller);
    this.addGateways([controller, certManager]);
    publish(this, ingressContract, {
      load_balancer_controller_role_arn: controller.roleArn,
      external_dns_role_arn: dns?.roleArn,
      cert_manager_role_arn: certManager?.roleArn,
      access_logs_bucket: logs?.bucket,
    });
  }

  private addAccessLogs({ loadBalancers: { accessLogs } }: IngressSettings): LoadBalancerLogs | undefined {
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
    { loadBalancers }: IngressSettings,
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
        targetType: this.target.loadBalancerTargets,
        subnetIds: this.subnetIds(),
        ...(wafAclArn !== undefined && { wafAclArn }),
        ...(logs && { logBucket: logs.bucket }),
      }),
      dependsOn: [controller.release, ...(logs ? [logs.policy] : [])],
    });
    return controller;
  }

  /** Where load balancers are put. Zones that are on their way out have none. */
  private subnetIds(): SubnetIds {
    const { node_subnet_ids, public_subnet_ids } = this.readStack("network", networkContract);
    return {
      internal: Object.values(node_subnet_ids),
      public: this.target.subnets.has("public")
        ? this.target.zones.inUse.map((zone) => Token.asString(propertyAccess(public_subnet_ids, [zone])))
        : [],
    };
  }

  /** An instance for the target's own zones, and one for each role that writes others. The first is the result. */
  private addExternalDns({ deleteRecords }: Dns): AwsRelease | undefined {
    const { clusterName, region, release, config } = this.target;
    const writers = zoneWriters(this.target);
    const [first] = writers.map((writer) => {
      const { name, zones, role } = writer;
      return new AwsRelease(this, name, {
        chart: release.charts["external-dns"],
        clusterName,
        namespace: EXTERNAL_DNS_NAMESPACE,
        serviceAccount: name,
        policies: role
          ? assumes([role.arn])
          : { attachExternalDnsPolicy: true, externalDnsHostedZoneArns: this.zoneArns(Object.values(zones)) },
        values: externalDnsValues({
          ...writer,
          clusterName,
          region,
          otherZones: otherZones(writer, writers),
          gatewayApi: config.traffic?.api === "gateway-api",
          deleteRecords,
          ...this.mirror(),
        }),
      });
    });
    if (first) this.closeNamespace(EXTERNAL_DNS_NAMESPACE, [first.release]);
    return first;
  }

  private addCertManager({ email, staging }: NonNullable<IngressSettings["certificates"]>): AwsRelease {
    const { clusterName, region, release } = this.target;
    const zones = certificateZones(this.target);
    const all = Object.values(zones);
    const own = all.filter(({ roleArn }) => roleArn === undefined).map(({ id }) => id);
    const roles = all.flatMap(({ roleArn }) => roleArn ?? []);
    const certManager = new AwsRelease(this, "cert-manager", {
      chart: release.charts["cert-manager"],
      clusterName,
      namespace: CERT_MANAGER_NAMESPACE,
      serviceAccount: "cert-manager",
      policies: {
        ...(own.length > 0 && {
          attachCertManagerPolicy: true,
          certManagerHostedZoneArns: this.zoneArns(own),
        }),
        ...(roles.length > 0 && assumes(roles)),
      },
      values: certManagerValues({ ...this.placement(), nameservers: certificateNameservers(this.target) }),
    });
    new ManifestRelease(this, "certificate-issuers", {
      namespace: CERT_MANAGER_NAMESPACE,
      manifests: { letsencrypt: dnsIssuer({ email, staging, region, zones }) },
      dependsOn: [certManager.release],
    });
    this.closeNamespace(CERT_MANAGER_NAMESPACE, [certManager.release]);
    return certManager;
  }

  /** Gateways of Cilium and of AWS. Those of Istio come with it. */
  private addGateways(needed: readonly (AwsRelease | undefined)[]): void {
    const platform = trafficPlatform(this.target, []);
    const { traffic } = this.target.config;
    if (platform === undefined || usesIstioGateway(traffic)) return;
    new PlatformGateways(this, "traffic", {
      platform,
      ...(gatewayImplementation(traffic) === "aws" && { subnetIds: this.subnetIds() }),
      makeNamespace: gatewayNamespace(traffic),
      dependsOn: needed.flatMap((each) => (each ? [each.release] : [])),
    });
  }

  private addNginx({ release }: AwsRelease): void {
    const { hostNetwork, imageMirror } = this.placement();
    const namespace = NGINX_NAMESPACE;
    const nginx = new HelmRelease(this, "ingress-nginx", {
      chart: this.target.release.charts["ingress-nginx"],
      namespace,
      values: nginxValues(hostNetwork, imageMirror),
      dependsOn: [release],
    });
    // Helm makes the namespace. Its first pods have nobody to take over from; later ones wait for the load balancer.
    new KubernetesLabels(this, "ingress-nginx-namespace", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace },
      labels: { ...READINESS_GATE_LABEL },
      dependsOn: [nginx.release],
    });
  }

  private zoneArns(ids: readonly string[]): string[] {
    const partition = partitionOf(this.target.region);
    return [...ids].sort().map((id) => `arn:${partition}:route53:::hostedzone/${id}`);
  }
}

function otherZones(writer: ZoneWriter, writers: readonly ZoneWriter[]): string[] {
  return writers
    .filter((each) => each !== writer)
    .flatMap(({ zones }) => Object.keys(zones))
    .sort();
}

/**
 * What an identity needs to become other roles. With sts:TagSession, because the session tags of EKS Pod Identity are
 * transitive: they go along into each further role (EKS User Guide, "Grant Pods access to AWS resources based on tags").
 */
function assumes(roleArns: readonly string[]): IdentityPolicies {
  return {
    attachCustomPolicy: true,
    policyStatements: [
      {
        sid: "BecomeZoneWriters",
        actions: ["sts:AssumeRole", "sts:TagSession"],
        resources: [...new Set(roleArns)].sort(),
      },
    ],
  };
}
