import { isPlatformStack, type PlatformStackName, type StackName } from "../model/stacks/stack-names";
import { ownContract } from "./own-stacks";
import { networkContract } from "./network/network-contract";
import { clusterContract } from "./cluster/cluster-contract";
import { cniContract } from "./cni/cni-contract";
import { nodesContract } from "./nodes/nodes-contract";
import { autoscalingContract } from "./autoscaling/autoscaling-contract";
import { secretsContract } from "./secrets/secrets-contract";
import { ingressContract } from "./ingress/ingress-contract";
import { policiesContract } from "./policies/policies-contract";
import { observabilityContract } from "./observability/observability-contract";
import { gitopsContract } from "./gitops/gitops-contract";
import { meshContract } from "./mesh/mesh-contract";
import { identityContract } from "./identity/identity-contract";
import { backupContract } from "./backup/backup-contract";
import { workloadsContract } from "./workloads/workloads-contract";
import { federationContract } from "./federation/federation-contract";
import type { OutputContract } from "./base/output-contract";

/** What each stack of the platform publishes. */
export const contracts: Readonly<Record<PlatformStackName, OutputContract>> = {
  network: networkContract,
  cluster: clusterContract,
  cni: cniContract,
  nodes: nodesContract,
  autoscaling: autoscalingContract,
  secrets: secretsContract,
  ingress: ingressContract,
  policies: policiesContract,
  observability: observabilityContract,
  gitops: gitopsContract,
  mesh: meshContract,
  identity: identityContract,
  backup: backupContract,
  workloads: workloadsContract,
  federation: federationContract,
};

/** What a stack publishes, of the platform's or of one's own. */
export function contractOf(name: StackName): OutputContract {
  return isPlatformStack(name) ? contracts[name] : ownContract(name);
}
