import type { SupportedAccelerator } from "../../facts/accelerators";
import type { Manifest } from "../../modules/manifest";
import { NODE_SUBNET_TAG } from "../../modules/network/subnet-tags";

/** The tag by which Karpenter finds security groups as well (cluster/eks-cluster.ts). */
const DISCOVERY_TAG = NODE_SUBNET_TAG;

/** An image by alias, which is of the control plane's Kubernetes, or by parameters of Systems Manager, one for each architecture. */
export type NodeImage = { readonly alias: string } | { readonly ssmParameters: readonly string[] };

export interface NodeClassSpec {
  readonly name: string;
  readonly ami: "al2023" | "bottlerocket";
  /** Pinned, by `amiAlias` or `amiParameters`. */
  readonly image: NodeImage;
  readonly volumeGiB: number;
  /** Left out where Karpenter computes the figure by itself. */
  readonly maxPods?: number;
  readonly detailedMonitoring: boolean;
  /** What comes before Karpenter's own. */
  readonly userData?: string;
}

export interface NodeClassContext {
  readonly clusterName: string;
  readonly volumeKeyArn: string;
  /** A role has Karpenter make the instance profile, by the IAM API; without internet that is out of reach. */
  readonly identity: { readonly role: string } | { readonly instanceProfile: string };
  readonly tags: Readonly<Record<string, string>>;
}

/** An EC2NodeClass (karpenter.k8s.aws/v1). */
export function nodeClass(spec: NodeClassSpec, context: NodeClassContext): Manifest {
  const { clusterName, volumeKeyArn, identity, tags } = context;
  const discovery = [{ tags: { [DISCOVERY_TAG]: clusterName } }];
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: spec.name },
    spec: {
      ...imageTerms(spec),
      ...identity,
      subnetSelectorTerms: discovery,
      // The node group's alone: with EKS's own group as well, two groups of an ENI would carry the cluster's tag.
      securityGroupSelectorTerms: discovery,
      associatePublicIPAddress: false,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIPv6: "disabled",
        // One hop: pods don't get at the node's role.
        httpPutResponseHopLimit: 1,
        httpTokens: "required",
      },
      blockDeviceMappings: volumes(spec, volumeKeyArn),
      ...(spec.maxPods !== undefined && { kubelet: { maxPods: spec.maxPods } }),
      detailedMonitoring: spec.detailedMonitoring,
      ...(spec.userData !== undefined && { userData: spec.userData }),
      tags: { ...tags, Name: `${clusterName}-karpenter-${spec.name}` },
    },
  };
}

/** Without an alias Karpenter has to be told the family. Neither is part of the hash by which nodes drift. */
function imageTerms({ ami, image }: NodeClassSpec) {
  if ("alias" in image) return { amiSelectorTerms: [{ alias: image.alias }] };
  return {
    amiFamily: ami === "al2023" ? "AL2023" : "Bottlerocket",
    amiSelectorTerms: image.ssmParameters.map((ssmParameter) => ({ ssmParameter })),
  };
}

/** AL2023 has one volume; Bottlerocket a small one for the system, and the data volume for images and pods. */
function volumes({ ami, volumeGiB }: NodeClassSpec, kmsKeyID: string) {
  const volume = (deviceName: string, sizeGiB: number) => ({
    deviceName,
    ebs: {
      volumeSize: `${sizeGiB}Gi`,
      volumeType: "gp3",
      encrypted: true,
      kmsKeyID,
      deleteOnTermination: true,
    },
  });
  if (ami === "al2023") return [volume("/dev/xvda", volumeGiB)];
  return [volume("/dev/xvda", 4), volume("/dev/xvdb", volumeGiB)];
}

/**
 * Karpenter's pinned alias for a release version of managed node groups: `1.35.6-20260714` is `al2023@v20260714`, and
 * `1.65.0-0be31b34` is `bottlerocket@v1.65.0`.
 */
export function amiAlias(family: "al2023" | "bottlerocket", releaseVersion: string): string {
  const [head = "", tail = ""] = releaseVersion.split("-");
  return family === "al2023" ? `al2023@v${tail}` : `bottlerocket@v${head}`;
}

/**
 * Parameters by which AWS publishes the image that `amiAlias` names, for a Kubernetes minor of choice: Karpenter looks an
 * alias up for the control plane's (aws/karpenter-provider-aws v1.14.1 pkg/providers/amifamily, al2023.go and
 * bottlerocket.go).
 */
export function amiParameters(
  family: "al2023" | "bottlerocket",
  releaseVersion: string,
  kubernetes: string,
  accelerator?: SupportedAccelerator,
): string[] {
  const [head = "", tail = ""] = releaseVersion.split("-");
  const architectures = accelerator === "neuron" && family === "al2023" ? ["x86_64"] : ["arm64", "x86_64"];
  return architectures.map((architecture) => {
    if (family === "bottlerocket") {
      const variant = accelerator === "nvidia" ? "-nvidia" : "";
      return `/aws/service/bottlerocket/aws-k8s-${kubernetes}${variant}/${architecture}/${head}/image_id`;
    }
    const variant = accelerator ?? "standard";
    const name = `amazon-eks-node-al2023-${architecture}-${variant}-${kubernetes}-v${tail}`;
    return `/aws/service/eks/optimized-ami/${kubernetes}/amazon-linux-2023/${architecture}/${variant}/${name}/image_id`;
  });
}
