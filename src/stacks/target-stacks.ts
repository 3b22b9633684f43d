import type { Construct } from "constructs";
import type { Target } from "../model/target";
import { AutoscalingStack } from "./autoscaling/autoscaling-stack";
import { BackupStack } from "./backup/backup-stack";
import { ClusterStack } from "./cluster/cluster-stack";
import { CniStack } from "./cni/cni-stack";
import { FederationStack } from "./federation/federation-stack";
import { GitopsStack } from "./gitops/gitops-stack";
import { IdentityStack } from "./identity/identity-stack";
import type { InClusterStackProps } from "./in-cluster-stack";
import { IngressStack } from "./ingress/ingress-stack";
import { MeshStack } from "./mesh/mesh-stack";
import { NetworkStack } from "./network/network-stack";
import { NodesStack } from "./nodes/nodes-stack";
import { PoliciesStack } from "./policies/policies-stack";
import { ObservabilityStack } from "./observability/observability-stack";
import type { PlatformStack } from "./platform-stack";
import { SecretsStack } from "./secrets/secrets-stack";
import { stacksOf } from "../model/stack-order";
import type { StackName } from "../model/state-location";
import { markTemplates } from "./template-text";
import { WorkloadsStack } from "./workloads/workloads-stack";

/** A stack that reads others of its target by name. */
type LaterStackClass = new (scope: Construct, props: InClusterStackProps) => PlatformStack;

const later: Partial<Record<StackName, LaterStackClass>> = {
  autoscaling: AutoscalingStack,
  policies: PoliciesStack,
  secrets: SecretsStack,
  ingress: IngressStack,
  observability: ObservabilityStack,
  gitops: GitopsStack,
  backup: BackupStack,
  identity: IdentityStack,
  mesh: MeshStack,
  workloads: WorkloadsStack,
  federation: FederationStack,
};

/** All stacks of a target, in the order in which they are deployed. */
export function addTargetStacks(scope: Construct, given: Target): PlatformStack[] {
  const target = markTemplates(given);
  const network = new NetworkStack(scope, { target });
  const cluster = new ClusterStack(scope, { target, network });
  const cni = new CniStack(scope, { target, network, cluster });
  const nodes = new NodesStack(scope, { target, network, cluster, cni });

  const stacks = new Map<StackName, PlatformStack>();
  for (const stack of [network, cluster, cni, nodes]) stacks.set(stack.stackName, stack);
  for (const name of stacksOf(target)) {
    const Stack = later[name];
    if (Stack) stacks.set(name, new Stack(scope, { target, earlier: stacks }));
  }
  return [...stacks.values()];
}
