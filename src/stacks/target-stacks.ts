import type { Construct } from "constructs";
import { isPlatformStack, type PlatformStackName, type StackName } from "../model/stacks/stack-names";
import type { Target } from "../model/target";
import { addImports } from "./adopted";
import { AutoscalingStack } from "./autoscaling/autoscaling-stack";
import { BackupStack } from "./backup/backup-stack";
import type { PlatformStack } from "./base/platform-stack";
import { markedTarget } from "./base/marked-target";
import { ClusterStack } from "./cluster/cluster-stack";
import { CniStack } from "./cni/cni-stack";
import { FederationStack } from "./federation/federation-stack";
import { GitopsStack } from "./gitops/gitops-stack";
import { IdentityStack } from "./identity/identity-stack";
import { IngressStack } from "./ingress/ingress-stack";
import { MeshStack } from "./mesh/mesh-stack";
import { NetworkStack } from "./network/network-stack";
import { NodesStack } from "./nodes/nodes-stack";
import { ObservabilityStack } from "./observability/observability-stack";
import { applyOverride, ownClass, type StackClass } from "./own-stacks";
import { PoliciesStack } from "./policies/policies-stack";
import { SecretsStack } from "./secrets/secrets-stack";
import { WorkloadsStack } from "./workloads/workloads-stack";

const classes: Readonly<Record<PlatformStackName, StackClass>> = {
  network: NetworkStack,
  cluster: ClusterStack,
  cni: CniStack,
  nodes: NodesStack,
  autoscaling: AutoscalingStack,
  secrets: SecretsStack,
  ingress: IngressStack,
  policies: PoliciesStack,
  observability: ObservabilityStack,
  gitops: GitopsStack,
  mesh: MeshStack,
  identity: IdentityStack,
  backup: BackupStack,
  workloads: WorkloadsStack,
  federation: FederationStack,
};

/** All stacks of a target, in the order in which they are deployed. */
export function addTargetStacks(scope: Construct, given: Target): PlatformStack[] {
  const target = markedTarget(given);
  const stacks = new Map<StackName, PlatformStack>();
  for (const name of target.stacks) {
    const Stack = isPlatformStack(name) ? classes[name] : ownClass(name);
    const stack = new Stack(scope, { target, earlier: stacks });
    stack.installComponents();
    applyOverride(stack, given);
    addImports(stack, given);
    stacks.set(name, stack);
  }
  return [...stacks.values()];
}
