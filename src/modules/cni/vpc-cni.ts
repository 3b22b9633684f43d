import { Construct } from "constructs";
import { EksAddon } from "../eks-addon";
import { PodIdentity } from "../pod-identity";

export interface VpcCniOptions {
  readonly addressMode: "secondary-ip" | "prefix";
  readonly networkPolicy: boolean;
  readonly warmPrefixTarget?: number;
  readonly warmIpTarget?: number;
  readonly minimumIpTarget?: number;
}

/** Configuration of the vpc-cni add-on. Its `env` takes text only. */
export function vpcCniConfiguration(options: VpcCniOptions) {
  const { addressMode, networkPolicy, warmPrefixTarget, warmIpTarget, minimumIpTarget } = options;
  const isPrefix = addressMode === "prefix";
  return {
    enableNetworkPolicy: String(networkPolicy),
    env: {
      ENABLE_PREFIX_DELEGATION: String(isPrefix),
      ...(isPrefix && warmPrefixTarget !== undefined && { WARM_PREFIX_TARGET: String(warmPrefixTarget) }),
      ...(warmIpTarget !== undefined && { WARM_IP_TARGET: String(warmIpTarget) }),
      ...(minimumIpTarget !== undefined && { MINIMUM_IP_TARGET: String(minimumIpTarget) }),
    },
  };
}

export interface VpcCniProps {
  readonly clusterName: string;
  readonly version: string;
  readonly options: VpcCniOptions;
}

/** The Amazon VPC CNI as an EKS add-on, with an identity of its own. A DaemonSet: active before there is a node. */
export class VpcCni extends Construct {
  readonly addon: EksAddon["addon"];

  constructor(scope: Construct, id: string, { clusterName, version, options }: VpcCniProps) {
    super(scope, id);
    const identity = new PodIdentity(this, "identity", {
      clusterName,
      purpose: "vpc-cni",
      policies: { attachAwsVpcCniPolicy: true, awsVpcCniEnableIpv4: true },
    });
    this.addon = new EksAddon(this, "vpc-cni", {
      clusterName,
      addonName: "vpc-cni",
      version,
      configuration: vpcCniConfiguration(options),
      identity: { serviceAccount: "aws-node", roleArn: identity.roleArn },
    }).addon;
  }
}
