import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { SupportedAccelerator } from "../../facts/accelerators";
import type { VolumeKind } from "../../facts/ebs-volumes";
import type { ProxyEnvironment } from "../network/proxy-environment";
import { physicalName } from "../physical-names";
import type { KubeletSettings } from "./kubelet-settings";
import { MadeOf } from "./made-of";
import {
  type EksManagedNodeGroupBlockDeviceMapping,
  EksManagedNodeGroupModule,
  type EksManagedNodeGroupTaint,
} from "../registry/eks-managed-node-group";
import { type AmiFamily, amiType, type NodeArchitecture } from "./ami-type";
import { type NodePlacement, placementInputs } from "./node-placement";
import type { NodeTaint } from "./node-taint";
import { al2023Proxy, bottlerocketProxy } from "./proxy-user-data";
import { al2023UserData, bottlerocketSettings } from "./user-data";

export interface ManagedNodeGroupProps {
  readonly clusterName: string;
  /** AWS partition of the account. */
  readonly partition: string;
  readonly clusterServiceCidr: string;
  readonly kubernetesVersion: string;
  /** Name in EKS, with the generation. */
  readonly name: string;
  /** Name of the group in the config, for what all its generations share. */
  readonly groupName: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly instanceTypes: string[];
  readonly architecture: NodeArchitecture;
  /** Of all instance types: it decides the variant of the AMI. */
  readonly accelerator?: SupportedAccelerator;
  readonly capacity: "on-demand" | "spot";
  /** Where nodes start; left out, where EC2 has room. */
  readonly placement?: NodePlacement;
  readonly size: { readonly min: number; readonly max: number; readonly desired: number };
  readonly ami: AmiFamily;
  /** Release version of the AMI, for example `1.35.6-20260714`. */
  readonly amiReleaseVersion: string;
  /** An image that is not EKS's, with what its nodes find the cluster by. */
  readonly ownImage?: {
    readonly id: string;
    readonly clusterEndpoint: string;
    /** Base64. */
    readonly certificateAuthority: string;
  };
  /** What kubelet is told. Without it EKS sets the VPC CNI's figure, whatever the CNI. */
  readonly maxPods: number;
  /** What kubelet is told besides. */
  readonly kubelet?: KubeletSettings;
  /** What containerd and kubelet reach the internet by. */
  readonly proxy?: ProxyEnvironment;
  readonly volumeGiB: number;
  readonly volumeKind: VolumeKind;
  readonly volumeKeyArn: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeTaint[];
  /** How many nodes an update takes away at once: a part of them, or a number. */
  readonly updatePace: { readonly percent: number } | { readonly nodes: number };
  /** ARNs of policies on the nodes' role beside the platform's own. */
  readonly additionalPolicies: readonly string[];
  /** Tags of instances, volumes and interfaces: provider default tags do not reach what a launch template makes. */
  readonly tags: Readonly<Record<string, string>>;
}

/** One EKS managed node group. */
export class ManagedNodeGroup extends Construct {
  readonly roleArn: string;
  readonly roleName: string;
  /** Joined by commas; EKS makes one group, more only where it replaces. */
  readonly autoscalingGroupNames: string;
  readonly module: EksManagedNodeGroupModule;

  constructor(scope: Construct, id: string, props: ManagedNodeGroupProps) {
    super(scope, id);
    const { clusterName, name, size, maxPods, proxy } = props;
    const role = physicalName("iamRole", clusterName, props.groupName, "nodes");
    const type = amiType(props.ami, props.architecture, props.accelerator);
    const registration = props.ownImage && { labels: props.labels, taints: props.taints };
    this.module = new EksManagedNodeGroupModule(this, "group", {
      clusterName,
      clusterServiceCidr: props.clusterServiceCidr,
      kubernetesVersion: props.kubernetesVersion,
      // A prefix, so that a group that must be replaced starts beside the old one.
      name: physicalName("nodeGroup", name),
      useNamePrefix: true,
      subnetIds: props.subnetIds,
      vpcSecurityGroupIds: [props.securityGroupId],
      createSecurityGroup: false,

      instanceTypes: props.instanceTypes,
      capacityType: props.capacity === "spot" ? "SPOT" : "ON_DEMAND",
      minSize: size.min,
      maxSize: size.max,
      desiredSize: size.desired,

      // Of an image of one's own it decides the form of the user data only.
      amiType: type,
      ...(props.ownImage ? ownImageInputs(props.ownImage) : { amiReleaseVersion: props.amiReleaseVersion }),
      // The module's default asks AWS for the newest AMI at every plan: nodes would roll whenever AWS publishes one.
      useLatestAmiReleaseVersion: false,
      ...(props.ami === "al2023"
        ? {
            cloudinitPreNodeadm: [
              ...(proxy ? al2023Proxy(proxy) : []),
              ...al2023UserData(maxPods, props.kubelet, registration),
            ],
          }
        : {
            bootstrapExtraArgs:
              bottlerocketSettings(maxPods, props.accelerator, props.kubelet, registration) +
              (proxy ? bottlerocketProxy(proxy) : ""),
          }),

      metadataOptions: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      blockDeviceMappings: volumes(props),
      ebsOptimized: true,

      labels: { ...props.labels },
      taints: Object.fromEntries(props.taints.map((taint) => [taintKey(taint), moduleTaint(taint)])),
      updateConfig:
        "nodes" in props.updatePace
          ? { max_unavailable: props.updatePace.nodes }
          : { max_unavailable_percentage: props.updatePace.percent },
      nodeRepairConfig: { enabled: true },

      iamRoleName: role,
      iamRoleUseNamePrefix: false,
      // ENIs are the business of the CNI's own identity, not of every pod that can reach the node's role.
      iamRoleAttachCniPolicy: false,
      iamRoleAdditionalPolicies: {
        ssm: `arn:${props.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
        // By their ARNs: another order, or one more, leaves the others alone.
        ...Object.fromEntries(props.additionalPolicies.map((arn) => [arn, arn])),
      },
      tags: { ...props.tags, Name: `${clusterName}-${props.groupName}` },
      ...placementInputs(props.placement ?? {}),
    });
    new MadeOf(this, name === props.groupName ? "made-of" : `made-of-${name}`, {
      group: props.groupName,
      // EKS's name for the type of all of them.
      image: props.ownImage ? "CUSTOM" : type,
      dependsOn: [this.module],
    });
    this.roleArn = this.module.iamRoleArnOutput;
    this.roleName = this.module.iamRoleNameOutput;
    this.autoscalingGroupNames = Fn.join(",", Token.asList(this.module.nodeGroupAutoscalingGroupNamesOutput));
  }
}

/** EKS merges nothing into the user data of such an image: all that a node joins by has to be in it. */
function ownImageInputs({
  id,
  clusterEndpoint,
  certificateAuthority,
}: NonNullable<ManagedNodeGroupProps["ownImage"]>) {
  return {
    amiId: id,
    enableBootstrapUserData: true,
    clusterEndpoint,
    clusterAuthBase64: certificateAuthority,
  };
}

/** AL2023 has one volume; Bottlerocket a small one for the system, and the data volume for images and pods. */
function volumes({
  ami,
  volumeGiB,
  volumeKind,
  volumeKeyArn,
}: ManagedNodeGroupProps): Record<string, EksManagedNodeGroupBlockDeviceMapping> {
  const volume = (
    device: string,
    sizeGiB: number,
    kind: VolumeKind,
  ): EksManagedNodeGroupBlockDeviceMapping => ({
    device_name: device,
    ebs: {
      volume_type: kind.type,
      volume_size: sizeGiB,
      encrypted: true,
      kms_key_id: volumeKeyArn,
      delete_on_termination: true,
      ...(kind.iops !== undefined && { iops: kind.iops }),
      ...(kind.type === "gp3" && kind.throughputMiB !== undefined && { throughput: kind.throughputMiB }),
    },
  });
  if (ami === "al2023") return { root: volume("/dev/xvda", volumeGiB, volumeKind) };
  return {
    system: volume("/dev/xvda", 4, { type: "gp3" }),
    data: volume("/dev/xvdb", volumeGiB, volumeKind),
  };
}

/** Every key and effect has its own: two that shared one would be one taint. */
function taintKey({ key, effect }: NodeTaint): string {
  return `${key}:${effect}`;
}

const EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

function moduleTaint({ key, value, effect }: NodeTaint): EksManagedNodeGroupTaint {
  return { key, value, effect: EFFECTS[effect] };
}
