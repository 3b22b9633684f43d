import { policiesOf } from "./namespaces";
import { meshPeerNames } from "./mesh-peers";
import type { Target } from "./target";
import type { CniConfig } from "../config/schema/cni";
import { type StackName, stackNames } from "./state-location";

type Config = Pick<Target, "config" | "name">;

/**
 * The stacks that must be there before each one. All that run pods read autoscaling: on the way up there is room for
 * their pods, and on the way down Karpenter goes last.
 */
export const before: Readonly<Record<StackName, readonly StackName[]>> = {
  network: [],
  cluster: ["network"],
  cni: ["cluster"],
  nodes: ["cluster", "cni"],
  autoscaling: ["nodes"],
  secrets: ["autoscaling"],
  ingress: ["secrets"],
  policies: ["secrets"],
  observability: ["ingress"],
  // Their monitors need the kinds of the Prometheus operator.
  gitops: ["observability"],
  // It puts objects into namespaces, which Helm would make where the policies stack has not yet.
  mesh: ["ingress", "policies"],
  identity: ["observability"],
  backup: ["observability"],
  federation: ["network", "cluster"],
  workloads: ["policies", "observability", "gitops", "mesh", "identity", "backup"],
};

/**
 * Peers to which this target makes the peering. One of each pair does, with both sides' routes and rules: the one whose
 * name comes first.
 */
export function peeredTargets({ name, config }: Config): readonly string[] {
  const { peers, peersVia } = config.network.connections;
  return peersVia === "peering" ? peers.filter((peer) => name < peer).sort() : [];
}

/** Targets to which this one may have made a peering that it no longer makes. */
export function unpeeredTargets(target: Target): readonly Target[] {
  const peered = peeredTargets(target);
  return [...target.peers, ...target.pastPeers].filter(
    ({ name }) => target.name < name && !peered.includes(name),
  );
}

/** Peers whose states the federation stack reads: those it connects, and those that are one mesh with this target. */
export function federatedTargets(target: Config): readonly string[] {
  return [...new Set([...peeredTargets(target), ...meshPeerNames(target.config.mesh)])].sort();
}

/** Whether a target has something for a stack to hold. A stack stays as long as its feature is on, empty or not. */
const holds: Partial<Record<StackName, (target: Config) => boolean>> = {
  network: () => true,
  cluster: () => true,
  cni: () => true,
  nodes: () => true,
  policies: ({ config }) =>
    policiesOf(config) !== undefined ||
    config.cni.securityGroupsForPods !== undefined ||
    hasCiliumRouting(config.cni),
  autoscaling: ({ config }) =>
    [config.karpenter, config.metricsServer, config.keda, config.verticalPodAutoscaler].some(
      (each) => each !== undefined,
    ),
  observability: ({ config }) => config.observability !== undefined,
  gitops: ({ config }) => config.gitops !== undefined,
  backup: ({ config }) => config.backup !== undefined,
  identity: ({ config }) => config.identity?.kind === "spire",
  federation: (target) => federatedTargets(target).length > 0,
  secrets: ({ config }) => config.secrets !== undefined,
  ingress: ({ config }) => config.ingress !== undefined,
  mesh: ({ config }) => config.mesh !== undefined,
  workloads: ({ config }) => config.workloads !== undefined,
};

/** Stacks of a target, in the order in which they are deployed. */
export function stacksOf(target: Config): readonly StackName[] {
  return stackNames.filter((name) => holds[name]?.(target) ?? false);
}

/** Stacks of this target that must be deployed before `name`; one that the target lacks stands for those before it. */
export function stacksBefore(name: StackName, target: Config): readonly StackName[] {
  const there = new Set(stacksOf(target));
  const found = new Set<StackName>();
  const visit = (each: StackName): void =>
    before[each].forEach((one) => (there.has(one) ? found.add(one) : visit(one)));
  visit(name);
  return stackNames.filter((each) => found.has(each));
}

/** Stacks that stand on `name` in any target, directly or not, whether a target has them or no longer. */
export function stacksAfter(name: StackName): readonly StackName[] {
  const found = new Set<StackName>([name]);
  // Deployed in this order, so each is looked at after all that it stands on.
  for (const each of stackNames) if (before[each].some((one) => found.has(one))) found.add(each);
  return stackNames.filter((each) => each !== name && found.has(each));
}

/** Whether a target has routes that are Cilium's own objects. */
function hasCiliumRouting(cni: CniConfig): boolean {
  return (
    ("bgp" in cni && cni.bgp !== undefined) || ("egressGateway" in cni && cni.egressGateway !== undefined)
  );
}
