import type { Construct } from "constructs";
import type { Target } from "../config/target";
import { ClusterStack } from "./cluster-stack";
import { CniStack } from "./cni-stack";
import { NetworkStack } from "./network-stack";
import { NodesStack } from "./nodes-stack";
import type { PlatformStack } from "./platform-stack";
import { PoliciesStack } from "./policies-stack";
import { stacksOf } from "./stacks-of-target";

/** All stacks of a target, in the order in which they are deployed. */
export function addTargetStacks(scope: Construct, target: Target): PlatformStack[] {
  const network = new NetworkStack(scope, { target });
  const cluster = new ClusterStack(scope, { target, network });
  const cni = new CniStack(scope, { target, network, cluster });
  const nodes = new NodesStack(scope, { target, network, cluster, cni });
  const stacks: PlatformStack[] = [network, cluster, cni, nodes];
  if (stacksOf(target).includes("policies"))
    stacks.push(new PoliciesStack(scope, { target, cluster, nodes }));
  return stacks;
}
