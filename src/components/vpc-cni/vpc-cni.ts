import { Construct } from "constructs";
import { addedPermissions } from "../../modules/added-permissions";
import { EksAddon } from "../../modules/eks-addon";
import { PodIdentity } from "../../modules/pod-identity";

/** Pods in subnets of their own. */
export interface CustomNetworking {
  readonly region: string;
  /** Of the pods' interfaces: without it they would get the VPC's default group. */
  readonly securityGroupId: string;
  /** Subnets of pods by zone. */
  readonly subnetIds: Readonly<Record<string, string>>;
}

export interface VpcCniOptions {
  readonly addressMode: "secondary-ip" | "prefix";
  readonly networkPolicy: boolean;
  readonly warmPrefixTarget?: number;
  readonly warmIpTarget?: number;
  readonly minimumIpTarget?: number;
  /** Pods leave the VPC under their own addresses. @default false */
  readonly externalSnat?: boolean;
  readonly customNetworking?: CustomNetworking;
  /** Security groups for pods, by a branch interface each. */
  readonly podSecurityGroups?: "strict" | "standard";
  /** The cluster's family is IPv6, which EKS itself tells the add-on. @default false */
  readonly ipv6?: boolean;
}

/** Configuration of the vpc-cni add-on. Its `env` takes text only. */
export function vpcCniConfiguration(options: VpcCniOptions) {
  const { addressMode, networkPolicy, customNetworking, podSecurityGroups, externalSnat } = options;
  return {
    enableNetworkPolicy: String(networkPolicy),
    env: {
      ENABLE_PREFIX_DELEGATION: String(addressMode === "prefix"),
      ...warmTargets(options),
      ...(externalSnat && { AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" }),
      ...(customNetworking && {
        AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
        // A node's ENIConfig is the one that is called like its zone.
        ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
      }),
      ...(podSecurityGroups && {
        ENABLE_POD_ENI: "true",
        POD_SECURITY_GROUP_ENFORCING_MODE: podSecurityGroups,
      }),
    },
    // kubelet reaches pods on branch interfaces by TCP only so (EKS Best Practices, "Disable TCP Early Demux").
    ...(podSecurityGroups === "strict" && { init: { env: { DISABLE_TCP_EARLY_DEMUX: "true" } } }),
    ...(customNetworking && { eniConfig: eniConfigs(customNetworking) }),
  };
}

/** A node of an IPv6 cluster has one /80, and nothing to keep warm (aws/amazon-vpc-cni-k8s README, "Feature Matrix"). */
function warmTargets(options: VpcCniOptions): Record<string, string> {
  const { addressMode, warmPrefixTarget, warmIpTarget, minimumIpTarget, ipv6 = false } = options;
  if (ipv6) return {};
  return {
    ...(addressMode === "prefix" &&
      warmPrefixTarget !== undefined && { WARM_PREFIX_TARGET: String(warmPrefixTarget) }),
    ...(warmIpTarget !== undefined && { WARM_IP_TARGET: String(warmIpTarget) }),
    ...(minimumIpTarget !== undefined && { MINIMUM_IP_TARGET: String(minimumIpTarget) }),
  };
}

function eniConfigs({ region, securityGroupId, subnetIds }: CustomNetworking) {
  const subnets = Object.entries(subnetIds).map(([zone, id]) => [
    zone,
    { id, securityGroups: [securityGroupId] },
  ]);
  return { create: true, region, subnets: Object.fromEntries(subnets) as Record<string, object> };
}

export interface VpcCniProps {
  readonly clusterName: string;
  readonly version: string;
  readonly options: VpcCniOptions;
}

/** The Amazon VPC CNI as an EKS add-on, with an identity of its own. A DaemonSet: active before there is a node. */
export class VpcCni extends Construct {
  readonly release: EksAddon["addon"];

  constructor(scope: Construct, id: string, { clusterName, version, options }: VpcCniProps) {
    super(scope, id);
    const added = addedPermissions("vpc-cni", options.ipv6 ? "ipv6" : "ipv4");
    const identity = new PodIdentity(this, "identity", {
      clusterName,
      purpose: "vpc-cni",
      policies: {
        attachAwsVpcCniPolicy: true,
        ...(options.ipv6 ? { awsVpcCniEnableIpv6: true } : { awsVpcCniEnableIpv4: true }),
        ...(added.length > 0 && { policyStatements: added }),
      },
    });
    this.release = new EksAddon(this, "vpc-cni", {
      clusterName,
      addonName: "vpc-cni",
      version,
      configuration: vpcCniConfiguration(options),
      identity: { serviceAccount: "aws-node", roleArn: identity.roleArn },
    }).addon;
  }
}
