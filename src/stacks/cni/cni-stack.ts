import { Fault } from "../../text/errors";
import type { CniSettings } from "../../model/settings";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import { type ITerraformDependable, propertyAccess, Token } from "cdktf";
import type { Construct } from "constructs";
import { gatewayApiKey } from "../../components/gateway-api/record";
import { readGatewayApi } from "../../model/vendored-bundle";
import { partitionOf } from "../../facts/regions";
import { formatCidr } from "../../ip-capacity/cidr";
import { Cilium } from "../../components/cilium/cilium";
import { type CiliumMode, cniConfigurationFor } from "../../components/cilium/cilium-values";
import { GatewayApiDefinitions } from "../../components/gateway-api/gateway-api-definitions";
import { KubeProxy } from "../../components/kube-proxy/kube-proxy";
import { type CustomNetworking, VpcCni, type VpcCniOptions } from "../../components/vpc-cni/vpc-cni";
import { ManifestRelease } from "../../modules/manifest-release";
import { NODE_SUBNET_TAG, POD_SUBNET_TAG } from "../../modules/network/subnet-tags";
import { proxyConfigMap } from "../../modules/proxy-config-map";
import { addHelmProvider, addKubernetesProvider, apiServerHost } from "../base/cluster-access";
import { clusterContract } from "../cluster/cluster-contract";
import { cniContract } from "./cni-contract";
import { networkContract } from "../network/network-contract";
import { PlatformStack, type PlatformStackProps } from "../base/platform-stack";
import { proxyOf } from "../proxy-of";
import type { Outputs } from "../base/output-contract";
import { publish } from "../base/published-outputs";
import { refusalsOf } from "../cluster/running-cluster-of";

type VpcCniConfig = Extract<CniSettings, { kind: "vpc-cni" | "cilium-chaining" }>;
type CiliumConfig = Exclude<CniSettings, { kind: "vpc-cni" }>;

/** Pod networking, in a state of its own before the nodes': a node without a CNI never becomes Ready. */
export class CniStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "cni", props);
    this.refuse(...refusalsOf(this, this.target, "cni"));
    const { config } = this.target;
    const { cni } = config;
    const upstream = this.readStack("cluster", clusterContract);

    switch (cni.kind) {
      case "cilium-eni":
      case "cilium-overlay":
        this.addCilium(cni, upstream);
        break;
      case "cilium-chaining":
        this.addCilium(cni, upstream, this.addVpcCni(cni, this.customNetworking(cni, upstream)));
        break;
      case "vpc-cni":
        this.addVpcCni(cni, this.customNetworking(cni, upstream));
        if (gatewayApiKey(config) !== undefined || proxyOf(this.target) !== undefined)
          addHelmProvider(this, upstream, this.target);
        if (gatewayApiKey(config) !== undefined) this.addGatewayApi();
        break;
    }

    this.addProxyForPods();

    const { addons, charts } = this.target.release;
    publish(this, cniContract, {
      kind: cni.kind,
      version: cni.kind === "vpc-cni" ? addons["vpc-cni"].version : charts.cilium.version,
    });
  }

  private addCilium(cni: CiliumConfig, cluster: Outputs<typeof clusterContract>, vpcCni?: VpcCni): void {
    const { clusterName, region, config, release } = this.target;
    const { cilium: chart } = release.charts;
    const mode = this.mode(cni);
    const istio = this.target.mesh.dataPlane;
    const clusterMesh = this.target.mesh.cilium;
    addHelmProvider(this, cluster, this.target);
    if (mode.kind === "eni" && gatewayApiKey(config) === undefined) new TimeProvider(this, "time");
    if (cniConfigurationFor(mode, chart.version)) addKubernetesProvider(this, cluster, this.target);
    const gatewayApi = gatewayApiKey(config) === undefined ? undefined : this.addGatewayApi();
    const first = [vpcCni?.addon, gatewayApi].filter((each) => each !== undefined);
    new Cilium(this, "cilium", {
      chart,
      clusterName,
      apiServerHost: apiServerHost(cluster.endpoint),
      mode,
      encryption: "encryption" in cni ? cni.encryption : "none",
      hubble: cni.hubble,
      ...(config.identity?.kind === "cilium" && {
        mutual: { trustDomain: config.identity.trustDomain, volumesKeyArn: cluster.volumes_key_arn },
      }),
      ...("bgp" in cni && cni.bgp && { bgp: { services: cni.bgp.advertise.services.length > 0 } }),
      egressGateway: "egressGateway" in cni && cni.egressGateway !== undefined,
      nodeLocalDns: config.network.dns.nodeLocalCache,
      monitored: config.observability?.prometheus !== undefined,
      ...(istio && { istio }),
      ...(clusterMesh && {
        clusterMesh: {
          ...clusterMesh,
          targetType: this.target.loadBalancerTargets,
          peers: this.target.mesh.peers.map((peer) => peer.clusterName),
        },
      }),
      ...this.mirror(),
      account: { partition: partitionOf(region), region, accountId: config.account.id },
      ...("gatewayApi" in cni && cni.gatewayApi.enabled && { gatewayApi: true }),
      ...(first.length > 0 && { dependsOn: first }),
    });
  }

  private addGatewayApi(): ITerraformDependable {
    const bundle = readGatewayApi(this.target.release.gatewayApi.version);
    // The checks have refused it before (gateway-api-checks.ts).
    if ("problem" in bundle) throw new Fault(bundle.problem);
    new TimeProvider(this, "time");
    return new GatewayApiDefinitions(this, "gateway-api", { objects: bundle.objects }).established;
  }

  private addProxyForPods(): void {
    const proxy = proxyOf(this.target);
    if (proxy === undefined) return;
    new ManifestRelease(this, "egress-proxy", {
      namespace: "kube-system",
      // Namespaces that are always there; whoever makes others adds the same ConfigMap.
      manifests: {
        "kube-system": proxyConfigMap("kube-system", proxy),
        default: proxyConfigMap("default", proxy),
      },
      wait: false,
    });
  }

  private mode(cni: CiliumConfig): CiliumMode {
    const { config, clusterName } = this.target;
    const vpcCidr = formatCidr(config.network.vpcCidr);
    const ownPodSubnets = config.network.subnets.pods !== undefined;
    switch (cni.kind) {
      case "cilium-eni":
        return {
          kind: "eni",
          vpcCidr,
          prefixDelegation: cni.prefixDelegation,
          podSubnetTag: { key: ownPodSubnets ? POD_SUBNET_TAG : NODE_SUBNET_TAG, value: clusterName },
          ownPodSubnets,
        };
      case "cilium-overlay":
        return {
          kind: "overlay",
          podCidr: formatCidr(cni.podCidr),
          nodeMask: cni.nodeMask,
          tunnel: cni.tunnel,
        };
      case "cilium-chaining":
        return { kind: "chaining", vpcCidr };
    }
  }

  private addVpcCni(cni: VpcCniConfig, customNetworking?: CustomNetworking): VpcCni {
    const { clusterName, release } = this.target;
    const { addons } = release;
    new KubeProxy(this, "kube-proxy", {
      clusterName,
      version: addons["kube-proxy"].version,
      mode: cni.kubeProxy.kind,
    });
    return new VpcCni(this, "vpc-cni", {
      clusterName,
      version: addons["vpc-cni"].version,
      options: { ...this.vpcCniOptions(cni), ...(customNetworking && { customNetworking }) },
    });
  }

  private vpcCniOptions(cni: VpcCniConfig): VpcCniOptions {
    const { addressMode, externalSnat, securityGroupsForPods } = cni;
    const common = {
      addressMode,
      externalSnat,
      ipv6: this.target.config.network.ipv6.mode === "ipv6",
      ...(securityGroupsForPods && { podSecurityGroups: securityGroupsForPods.enforcingMode }),
    };
    // Behind Cilium, Cilium enforces policy; two enforcers would each need every allow.
    if (cni.kind === "cilium-chaining") return { ...common, networkPolicy: false };
    const { networkPolicy, warmPrefixTarget, warmIpTarget, minimumIpTarget } = cni;
    return { ...common, networkPolicy, warmPrefixTarget, warmIpTarget, minimumIpTarget };
  }

  private customNetworking(
    cni: VpcCniConfig,
    cluster: Outputs<typeof clusterContract>,
  ): CustomNetworking | undefined {
    if (!cni.customNetworking) return undefined;
    const { region } = this.target;
    const { pod_subnet_ids } = this.readStack("network", networkContract);
    // Nodes of a retiring zone need theirs until they are gone.
    const subnetIds = this.target.zones.kept.map((zone) => [
      zone,
      Token.asString(propertyAccess(pod_subnet_ids, [zone])),
    ]);
    return {
      region,
      securityGroupId: cluster.node_security_group_id,
      subnetIds: Object.fromEntries(subnetIds) as Record<string, string>,
    };
  }
}
