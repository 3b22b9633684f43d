import type { Manifest } from "../manifest-release";
import { NODE_SUBNET_TAG } from "../network/subnet-tags";

/** The tag by which Karpenter finds security groups as well (cluster/eks-cluster.ts). */
const DISCOVERY_TAG = NODE_SUBNET_TAG;

export interface NodeClassSpec {
  readonly name: string;
  readonly ami: "al2023" | "bottlerocket";
  /** Pinned alias, by `amiAlias`. */
  readonly amiAlias: string;
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
      amiSelectorTerms: [{ alias: spec.amiAlias }],
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
