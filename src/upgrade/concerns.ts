import type { StackName } from "../model/stacks/stack-names";
import type { Target } from "../model/target";
import type { Group, LiveCheck } from "../verify/live-check";
import { liveChecks } from "../verify/live-checks";

/** The stacks after whose deployment checks of a group can be met; the last of them that a target has decides. */
const STACKS_OF: Readonly<Record<Group, readonly StackName[]>> = {
  cluster: ["cluster"],
  nodes: ["nodes"],
  CNI: ["cni"],
  addresses: ["nodes"],
  DNS: ["nodes"],
  platform: [],
  identity: [],
  "load balancers": ["ingress"],
  mesh: ["mesh"],
  secrets: ["secrets"],
  delivery: ["gitops"],
  backup: ["backup"],
  traffic: [],
};

/** Checks of which another stack decides than of their group. None: at the end, when all is deployed. */
const OF_CHECK: Readonly<Record<string, readonly StackName[]>> = {
  "ADDONS-ACTIVE": [],
  "WEBHOOKS-ANSWERED": [],
  // Karpenter's nodes follow the node classes, which are in its stack.
  "NODES-VERSION": ["nodes", "autoscaling"],
  "KARPENTER-READY": ["autoscaling"],
  "CERTIFICATES-READY": ["ingress"],
  "CERTIFICATES-AGE": [],
  "MESH-FEDERATED": [],
  "MESH-PEERS": [],
};

/** What an upgrade asks a running cluster: all that applies but what is done on request or makes pods, and what is about the upgrade after this one. */
export function checksOf(target: Target): LiveCheck[] {
  return liveChecks.filter(
    (each) =>
      each.applies(target) &&
      each.traffic !== true &&
      each.onRequest === undefined &&
      each.id !== "UPGRADE-INSIGHTS",
  );
}

/** Of them, those that a stack's deployment is judged by at once. */
export function checksAfter(target: Target, stack: StackName): LiveCheck[] {
  return checksOf(target).filter((check) => stackOf(check, target) === stack);
}

function stackOf({ id, group }: LiveCheck, target: Target): StackName | undefined {
  return (OF_CHECK[id] ?? STACKS_OF[group]).filter((each) => target.stacks.includes(each)).at(-1);
}
