import type { Construct } from "constructs";
import { apiReaderCidrs } from "../../model/mesh-peers";
import { roleArn } from "../../model/role-arn";
import { partitionOf } from "../../facts/regions";
import { formatCidr } from "../../ip-capacity/cidr";
import type { AccessGrant } from "../../modules/cluster/access-entries";
import { ClusterKeys } from "../../modules/cluster/cluster-keys";
import { type ApiServerClients, EksCluster, type EksClusterProps } from "../../modules/cluster/eks-cluster";
import type { OwnRule } from "../../modules/cluster/own-rules";
import type { NodeTraffic } from "../../modules/cluster/node-security-group";
import { karpenterControllerRole } from "../../modules/role-names";
import { clusterContract } from "./cluster-contract";
import { networkContract } from "../network/network-contract";
import { keyOwner } from "../../wiring/key-owner";
import { PlatformStack, type PlatformStackProps } from "../base/platform-stack";
import type { Outputs } from "../base/output-contract";
import { publish } from "../base/published-outputs";
import { refusalsOf } from "./running-cluster-of";
import { scrapedPorts, webhookPorts } from "./webhook-ports";

/** Control plane, its keys, who may use it, and the add-ons that need no node. */
export class ClusterStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "cluster", props);
    this.pinModuleProviders();
    const { clusterName: name, region, config, release, production } = this.target;
    const { cluster } = config;
    const upstream = this.readStack("network", networkContract);
    const partition = partitionOf(region);

    this.refuse(...refusalsOf(this, this.target, "cluster"));
    const keys = new ClusterKeys(this, "keys", {
      clusterName: name,
      region,
      owner: keyOwner(this.target),
      karpenterRoleArn: roleArn(karpenterControllerRole(name), this.target),
    });
    const eks = new EksCluster(this, "cluster", {
      name,
      partition,
      kubernetesVersion: release.kubernetes.version,
      supportPolicy: cluster.supportPolicy,
      vpcId: upstream.vpc_id,
      controlPlaneSubnetIds: Object.values(upstream.control_plane_subnet_ids),
      services:
        config.network.ipv6.mode === "ipv6"
          ? { family: "ipv6" }
          : { family: "ipv4", cidr: formatCidr(cluster.serviceCidr) },
      publicCidrs: cluster.endpoint.kind === "private" ? [] : cluster.endpoint.cidrs.map(formatCidr),
      clients: this.clients(upstream),
      additionalSecurityGroupIds: cluster.securityGroups,
      ownRules: this.ownRules(),
      keys,
      logRetentionDays: cluster.logs.retentionDays,
      access: this.access(),
      deletionProtection: cluster.deletionProtection ?? production,
      ...(cluster.zonalShift !== undefined && { zonalShift: cluster.zonalShift }),
      nodeTraffic: this.nodeTraffic(),
      podNetwork: this.target.podNetwork,
      podSecurityGroups: config.cni.securityGroupsForPods !== undefined,
    }).module;

    const outputs = {
      name: eks.clusterNameOutput,
      endpoint: eks.clusterEndpointOutput,
      certificate_authority_data: eks.clusterCertificateAuthorityDataOutput,
      service_cidr: eks.clusterServiceCidrOutput,
      ip_family: eks.clusterIpFamilyOutput,
      version: eks.clusterVersionOutput,
      oidc_provider_arn: eks.oidcProviderArnOutput,
      node_security_group_id: eks.nodeSecurityGroupIdOutput,
      cluster_security_group_id: eks.clusterSecurityGroupIdOutput,
      cluster_primary_security_group_id: eks.clusterPrimarySecurityGroupIdOutput,
      secrets_key_arn: keys.secretsArn,
      logs_key_arn: keys.logsArn,
      volumes_key_arn: keys.volumesArn,
    };
    this.installComponents([], outputs);
    publish(this, clusterContract, outputs);
  }

  private clients({ vpc_ipv6_cidr_blocks }: Outputs<typeof networkContract>): ApiServerClients {
    const { runner, network } = this.target.config;
    const peerCidrs = apiReaderCidrs(this.target);
    if (runner === undefined || runner.reach === "public")
      return { cidrs: [], securityGroupIds: [], peerCidrs };
    const isOpen = runner.cidrs.length === 0 && runner.securityGroups.length === 0;
    return {
      securityGroupIds: runner.securityGroups,
      cidrs: (isOpen ? [network.vpcCidr] : runner.cidrs).map(formatCidr),
      peerCidrs,
      // An IPv6 cluster's endpoint has both kinds of address, and a runner with both takes IPv6.
      ...(isOpen && network.ipv6.mode === "ipv6" && { ipv6Cidrs: vpc_ipv6_cidr_blocks }),
    };
  }

  private ownRules(): EksClusterProps["ownRules"] {
    const { nodes, controlPlane } = this.target.config.cluster.securityGroupRules;
    const moduleRules = (rules: typeof nodes): Record<string, OwnRule> =>
      Object.fromEntries(
        Object.entries(rules).map(([name, { from, protocol, ports }]) => [
          name,
          {
            protocol,
            ports,
            from: from.kind === "range" ? { kind: "range", cidr: formatCidr(from.cidr) } : from,
          },
        ]),
      );
    return { nodes: moduleRules(nodes), controlPlane: moduleRules(controlPlane) };
  }

  private access(): Record<string, AccessGrant> {
    const { account, cluster } = this.target.config;
    const entries = Object.entries(cluster.access).map(
      ([name, { role, ...grant }]): [string, AccessGrant] => [
        name,
        { principalArn: roleArn(role, this.target), ...grant },
      ],
    );
    return {
      ...Object.fromEntries(entries),
      // Without it the cni stack would get Unauthorized: whoever creates a cluster has no access as such.
      deployer: {
        kind: "users",
        principalArn: roleArn(account.deployRole, this.target),
        groups: [],
        policy: { name: "cluster-admin", scope: "cluster" },
      },
    };
  }

  private nodeTraffic(): NodeTraffic {
    const { config } = this.target;
    const { cni, network } = config;
    const podGroups = [
      ...Object.values(cni.securityGroupsForPods?.policies ?? {}).map((each) => each.securityGroupIds),
      ...Object.values(this.target.workloads).map(({ securityGroups }) => securityGroups ?? []),
    ];
    return {
      podsOnEnis: cni.kind !== "cilium-overlay",
      ...(cni.kind === "cilium-overlay" && { tunnel: cni.tunnel }),
      wireguard: "encryption" in cni && cni.encryption === "wireguard",
      cilium: cni.kind !== "vpc-cni",
      ipv6: network.ipv6.mode !== "ipv4",
      podSecurityGroupIds: podGroups.flat(),
      webhookPorts: webhookPorts(this.target),
      scrapedPorts: scrapedPorts(this.target),
    };
  }
}
