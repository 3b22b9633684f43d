import type { Construct } from "constructs";
import type { NodeGroupSettings } from "../../model/settings";
import type { Target } from "../../model/target";
import { formatCidr } from "../../ip-capacity/cidr";
import { type Refusal, RunningCluster } from "../../modules/cluster/running-cluster";
import { physicalName } from "../../modules/physical-names";

/**
 * What the plan of a stack asks of the cluster that runs. The network stack asks everything: it comes first, so that nothing has
 * changed when a deployment stops. The others ask what their own resources would change.
 */
export function refusalsOf(
  scope: Construct,
  target: Target,
  stack: "network" | "cluster" | "cni",
): Refusal[] {
  const { config, clusterName, name } = target;
  const running = new RunningCluster(scope, "running-cluster", { clusterName, target: name });
  const podNetwork = target.podNetwork;
  const pods = [running.podNetwork(podNetwork, config.cluster.migration?.from)];
  if (stack === "cni") return pods;
  const all = [running.controlPlaneZones(target.zones.controlPlane), running.family(target.family), ...pods];
  if (stack === "cluster") return all;
  const cidrs = [...target.subnets.values()].flatMap((byZone) => [...byZone.values()].map(formatCidr));
  return [
    running.vpcRange(formatCidr(config.network.vpcCidr)),
    ...all,
    ...(config.cluster.migration === undefined
      ? []
      : [running.newGroups(podNetwork, groupNames(config.nodes))]),
    running.subnetsLeft(cidrs.sort(), config.account.id),
  ];
}

/** Name of a group in EKS, before the suffix that lets two of them be there at once. */
export function groupName(name: string, { generation }: Pick<NodeGroupSettings, "generation">): string {
  return generation === undefined ? name : `${name}-${generation}`;
}

function groupNames(nodes: Readonly<Record<string, NodeGroupSettings>>): string[] {
  return Object.entries(nodes).map(([name, group]) => physicalName("nodeGroup", groupName(name, group)));
}
