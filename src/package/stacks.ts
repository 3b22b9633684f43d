// `octarine/stacks`: the platform's stacks, what they publish, and what a stack of one's own is made of.
export { elementAt } from "../stacks/base/find-element";
export { InClusterStack } from "../stacks/base/in-cluster-stack";
export {
  byZone,
  list,
  map,
  type OutputContract,
  type Outputs,
  type OutputSpec,
  type Published,
  text,
} from "../stacks/base/output-contract";
export { type EarlierStacks, PlatformStack, type PlatformStackProps } from "../stacks/base/platform-stack";
export { publish } from "../stacks/base/published-outputs";
export type { Override, OwnStack, StackClass } from "../stacks/own-stacks";
export { addTargetStacks } from "../stacks/target-stacks";

export { autoscalingContract } from "../stacks/autoscaling/autoscaling-contract";
export { AutoscalingStack } from "../stacks/autoscaling/autoscaling-stack";
export { backupContract } from "../stacks/backup/backup-contract";
export { BackupStack } from "../stacks/backup/backup-stack";
export { clusterContract } from "../stacks/cluster/cluster-contract";
export { ClusterStack } from "../stacks/cluster/cluster-stack";
export { cniContract } from "../stacks/cni/cni-contract";
export { CniStack } from "../stacks/cni/cni-stack";
export { federationContract } from "../stacks/federation/federation-contract";
export { FederationStack } from "../stacks/federation/federation-stack";
export { gitopsContract } from "../stacks/gitops/gitops-contract";
export { GitopsStack } from "../stacks/gitops/gitops-stack";
export { identityContract } from "../stacks/identity/identity-contract";
export { IdentityStack } from "../stacks/identity/identity-stack";
export { ingressContract } from "../stacks/ingress/ingress-contract";
export { IngressStack } from "../stacks/ingress/ingress-stack";
export { meshContract } from "../stacks/mesh/mesh-contract";
export { MeshStack } from "../stacks/mesh/mesh-stack";
export { networkContract } from "../stacks/network/network-contract";
export { NetworkStack } from "../stacks/network/network-stack";
export { nodesContract } from "../stacks/nodes/nodes-contract";
export { NodesStack } from "../stacks/nodes/nodes-stack";
export { observabilityContract } from "../stacks/observability/observability-contract";
export { ObservabilityStack } from "../stacks/observability/observability-stack";
export { policiesContract } from "../stacks/policies/policies-contract";
export { PoliciesStack } from "../stacks/policies/policies-stack";
export { secretsContract } from "../stacks/secrets/secrets-contract";
export { SecretsStack } from "../stacks/secrets/secrets-stack";
export { workloadsContract } from "../stacks/workloads/workloads-contract";
export { WorkloadsStack } from "../stacks/workloads/workloads-stack";
