import type { Construct } from "constructs";
import type { Target } from "../config/target";
import { ClusterStack } from "./cluster-stack";
import { CniStack } from "./cni-stack";
import type { InClusterStackProps } from "./in-cluster-stack";
import { NetworkStack } from "./network-stack";
import { NodesStack } from "./nodes-stack";
import { PoliciesStack } from "./policies-stack";
import type { PlatformStack } from "./platform-stack";
import { SecretsStack } from "./secrets-stack";
import { stacksOf } from "./stack-order";
import type { StackName } from "./state-location";

type InClusterStackClass = new (scope: Construct, props: InClusterStackProps) => PlatformStack;

/** Stacks after the nodes. */
const inCluster: Partial<Record<StackName, InClusterStackClass>> = {
  policies: PoliciesStack,
  secrets: SecretsStack,
};

/** All stacks of a target, in the order in which they are deployed. */
export function addTargetStacks(scope: Construct, target: Target): PlatformStack[] {
  const network = new NetworkStack(scope, { target });
  const cluster = new ClusterStack(scope, { target, network });
  const cni = new CniStack(scope, { target, network, cluster });
  const nodes = new NodesStack(scope, { target, network, cluster, cni });

  const stacks = new Map<StackName, PlatformStack>();
  for (const stack of [network, cluster, cni, nodes]) stacks.set(stack.stackName, stack);
  for (const name of stacksOf(target)) {
    const Stack = inCluster[name];
    if (Stack) stacks.set(name, new Stack(scope, { target, earlier: stacks }));
  }
  return [...stacks.values()];
}
