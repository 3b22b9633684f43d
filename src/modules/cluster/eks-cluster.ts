import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { Construct } from "constructs";
import { physicalName } from "../physical-names";
import { EksModule, type EksSecurityGroupAdditionalRule } from "../registry/eks";
import { type AccessGrant, accessEntries } from "./access-entries";
import type { ClusterKeys } from "./cluster-keys";
import { nodeSecurityGroupRules, type NodeTraffic } from "./node-security-group";
import { type OwnRule, ownRules } from "./own-rules";
import { POD_NETWORK_TAG } from "./running-cluster";

/** Who reaches the API server, besides nodes. */
export interface ApiServerClients {
  readonly cidrs: readonly string[];
  readonly ipv6Cidrs?: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Ranges of clusters that are one mesh with this one: their control planes read its services. */
  readonly peerCidrs?: readonly string[];
}

/** EKS chooses the service range of an IPv6 cluster. */
export type ServiceNetwork = { readonly family: "ipv4"; readonly cidr: string } | { readonly family: "ipv6" };

export interface EksClusterProps {
  readonly name: string;
  readonly partition: string;
  /** Kubernetes minor, for example `1.35`. */
  readonly kubernetesVersion: string;
  readonly supportPolicy: "standard" | "extended";
  readonly vpcId: string;
  readonly controlPlaneSubnetIds: string[];
  readonly services: ServiceNetwork;
  /** Ranges that reach the API server over the internet; none keeps it private. */
  readonly publicCidrs: readonly string[];
  readonly clients: ApiServerClients;
  /** Groups of somebody else on the control plane's interfaces, beside the module's own. @default none */
  readonly additionalSecurityGroupIds?: readonly string[];
  /** Ways in that somebody asked for. @default none */
  readonly ownRules?: Readonly<Record<"nodes" | "controlPlane", Readonly<Record<string, OwnRule>>>>;
  readonly keys: ClusterKeys;
  readonly logRetentionDays: number;
  readonly access: Readonly<Record<string, AccessGrant>>;
  readonly deletionProtection: boolean;
  /** Registered with ARC for zonal shifts. Left out: as it is, which is off in a new cluster. */
  readonly zonalShift?: boolean;
  readonly nodeTraffic: NodeTraffic;
  /** How pods are networked, for plans of later changes (running-cluster.ts). */
  readonly podNetwork: string;
  /** EKS makes branch interfaces for pods. @default false */
  readonly podSecurityGroups?: boolean;
}

/** An EKS control plane, without nodes. */
export class EksCluster extends Construct {
  readonly module: EksModule;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const { name, keys, publicCidrs } = props;
    const isPublic = publicCidrs.length > 0;
    const groups = (props.additionalSecurityGroupIds ?? []).map((groupId) => {
      // Asked for by both: one that is not there, or in another VPC, ends the plan, and not the apply.
      return new DataAwsSecurityGroup(this, groupId, { id: groupId, vpcId: props.vpcId }).id;
    });
    this.module = new EksModule(this, "eks", {
      name,
      kubernetesVersion: props.kubernetesVersion,
      upgradePolicy: { support_type: props.supportPolicy.toUpperCase() },
      deletionProtection: props.deletionProtection,
      ...(props.zonalShift !== undefined && { zonalShiftConfig: { enabled: props.zonalShift } }),
      clusterTags: { [POD_NETWORK_TAG]: props.podNetwork },

      vpcId: props.vpcId,
      // Nodes have a state and modules of their own, so the module's `subnet_ids` would serve nobody.
      controlPlaneSubnetIds: props.controlPlaneSubnetIds,
      ...(props.services.family === "ipv6" ? { ipFamily: "ipv6" } : { serviceIpv4Cidr: props.services.cidr }),
      endpointPrivateAccess: true,
      endpointPublicAccess: isPublic,
      ...(isPublic && { endpointPublicAccessCidrs: [...publicCidrs] }),
      securityGroupName: `${name}-cluster`,
      ...(groups.length > 0 && { additionalSecurityGroupIds: groups }),
      securityGroupAdditionalRules: {
        ...clientRules(props.clients),
        ...ownRules(props.ownRules?.controlPlane ?? {}),
      },

      // API only: the aws-auth ConfigMap would be a second list of administrators that no plan shows.
      authenticationMode: "API",
      enableClusterCreatorAdminPermissions: false,
      accessEntries: accessEntries(props.partition, props.access),

      encryptionConfig: { provider_key_arn: keys.secretsArn, resources: ["secrets"] },
      createKmsKey: false,
      encryptionPolicyName: `${name}-cluster-encryption`,
      encryptionPolicyUseNamePrefix: false,

      enabledLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      cloudwatchLogGroupKmsKeyId: keys.logsArn,
      cloudwatchLogGroupRetentionInDays: props.logRetentionDays,

      iamRoleName: physicalName("iamRole", name, "cluster"),
      iamRoleUseNamePrefix: false,
      ...(props.podSecurityGroups && {
        iamRoleAdditionalPolicies: {
          vpcResourceController: `arn:${props.partition}:iam::aws:policy/AmazonEKSVPCResourceController`,
        },
      }),
      enableIrsa: true,
      // IAM checks EKS's issuer by its own CA list; the thumbprint would be fetched at every plan.
      includeOidcRootCaThumbprint: false,

      nodeSecurityGroupName: `${name}-node`,
      nodeSecurityGroupEnableRecommendedRules: false,
      nodeSecurityGroupAdditionalRules: {
        ...nodeSecurityGroupRules(props.nodeTraffic),
        ...ownRules(props.ownRules?.nodes ?? {}),
      },
      // Here and never in `tags`, which would put it on EKS's own group as well.
      nodeSecurityGroupTags: { "karpenter.sh/discovery": name },
    });
  }
}

function clientRules({
  cidrs,
  ipv6Cidrs = [],
  securityGroupIds,
  peerCidrs = [],
}: ApiServerClients): Record<string, EksSecurityGroupAdditionalRule> {
  const https = { protocol: "tcp", from_port: 443, to_port: 443, type: "ingress" };
  const fromGroups = securityGroupIds.map((id): [string, EksSecurityGroupAdditionalRule] => [
    `ingress_runner_${id}`,
    { ...https, description: "Kubernetes API from the runner", source_security_group_id: id },
  ]);
  const fromRanges = {
    ingress_runner_ranges: {
      ...https,
      description: "Kubernetes API from the runner",
      cidr_blocks: cidrs,
      ...(ipv6Cidrs.length > 0 && { ipv6_cidr_blocks: ipv6Cidrs }),
    },
  };
  const fromPeers = {
    ingress_mesh_peers: {
      ...https,
      description: "Kubernetes API from peers of the mesh",
      cidr_blocks: [...peerCidrs].sort(),
    },
  };
  return {
    ...Object.fromEntries(fromGroups),
    ...(cidrs.length > 0 && fromRanges),
    ...(peerCidrs.length > 0 && fromPeers),
  };
}
