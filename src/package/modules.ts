// `octarine/modules`: constructs with plain props, which the platform's stacks are made of.
export { type ChartValue, type ChartValues, encodeChartValues } from "../modules/chart-values";
export { EksAddon, type EksAddonProps } from "../modules/eks-addon";
export { EncryptedBucket, type EncryptedBucketProps } from "../modules/encrypted-bucket";
export { EncryptionKey, type EncryptionKeyProps, type KeyOwner } from "../modules/encryption-key";
export { EksCluster, type EksClusterProps } from "../modules/cluster/eks-cluster";
export { GenericResource, type GenericResourceProps } from "../modules/generic-resource";
export { type ChartRef, HelmRelease, type HelmReleaseProps, type LocalChart } from "../modules/helm-release";
export { ManagedNodeGroup, type ManagedNodeGroupProps } from "../modules/nodes/managed-node-group";
export type { Manifest } from "../modules/manifest";
export { ManifestRelease, type ManifestReleaseProps } from "../modules/manifest-release";
export { ClusterNetwork, type ClusterNetworkProps } from "../modules/network/cluster-network";
export { physicalName } from "../modules/physical-names";
export { type IdentityPolicies, PodIdentity, type PodIdentityProps } from "../modules/pod-identity";
export { policyJson, type PolicyStatement } from "../modules/policy-document";
