import { poolsOf } from "../../model/karpenter-pools";
import { instanceType } from "../../facts/instance-types";
import { addressCount, formatCidr } from "../../ip-capacity/cidr";
import { poolNodes } from "../../ip-capacity/default-demand";
import { PodDensityError } from "../../ip-capacity/pod-density";
import { maxPodsPossible, podDensityOf } from "../../model/max-pods";
import { poolInstanceTypes } from "../../model/pool-instance-types";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

export const cniCheck: TargetCheck = ({ config }) => {
  const { cni } = config;
  const findings: Finding[] = [];
  if (cni.kind === "cilium-overlay") {
    if (cni.routing === "native") {
      findings.push({
        path: ["cni", "routing"],
        message:
          "can't work: the VPC has no route to pod addresses of its own, and autoDirectNodeRoutes needs all nodes in one" +
          " subnet, so zones lose each other; write tunnel, or cni.kind: cilium-eni for native routing",
      });
    }
    const groups = Object.values(config.nodes).reduce((sum, { size }) => sum + size.max, 0);
    const pools = Object.values(poolsOf(config)).reduce(
      (sum, pool) => sum + poolNodes({ cpuLimit: pool.limits.cpus, instanceTypes: poolInstanceTypes(pool) }),
      0,
    );
    const nodes = groups + pools;
    const shares = addressCount(cni.podCidr.prefix) / addressCount(cni.nodeMask);
    if (shares < nodes) {
      findings.push({
        path: ["cni", "podCidr"],
        value: formatCidr(cni.podCidr),
        message: `has ${Math.floor(shares)} blocks of /${cni.nodeMask}, and the node groups${pools > 0 ? " and pools" : ""} can have ${nodes} nodes; write a larger range, or a longer cni.nodeMask`,
        related: [["cni", "nodeMask"], ["nodes"], ["karpenter"]],
      });
    }
  }
  if ("hubble" in cni && cni.hubble.ui && !cni.hubble.relay) {
    findings.push({
      path: ["cni", "hubble", "ui"],
      message: "needs the relay; write cni.hubble.relay: true, or ui: false",
    });
  }
  return findings;
};

/** Pods have subnets of their own exactly where the CNI takes addresses from there. */
export const podSubnetCheck: TargetCheck = ({ config }) => {
  const { cni, network } = config;
  const has = network.subnets.pods !== undefined;
  const custom = "customNetworking" in cni && cni.customNetworking;
  if (custom && !has) {
    const message =
      "needs subnets for pods; write network.subnets.pods: { prefix: 18, from: <one of network.secondaryCidrs> }, or false";
    return [{ path: ["cni", "customNetworking"], message, related: [["network", "subnets", "pods"]] }];
  }
  // Pods of old nodes are in them until the nodes are replaced, so they go with cluster.migration.
  const { migration } = config.cluster;
  const isLeft = migration !== undefined && / (pod-subnets|custom-networking)/.test(migration.from);
  if (!has || custom || cni.kind === "cilium-eni" || isLeft) return [];
  const remedy = cni.kind === "cilium-overlay" ? "cni.kind: cilium-eni" : "cni.customNetworking: true";
  const message = `has no effect with ${cni.kind}, which gives pods ${cni.kind === "cilium-overlay" ? "addresses outside the VPC" : "addresses of the nodes' subnets"}; remove it, or write ${remedy}`;
  return [{ path: ["network", "subnets", "pods"], message, related: [["cni", "kind"]] }];
};

/** What kubelet is told has to be what the CNI can give. */
export const maxPodsCheck: TargetCheck = (target) =>
  Object.keys(target.config.nodes).flatMap((name) => groupFindings(target, name));

function groupFindings({ config }: Target, name: string): Finding[] {
  const group = config.nodes[name];
  if (group === undefined || group.instanceTypes.some((type) => instanceType(type) === undefined)) return [];
  const path: ConfigPath = ["nodes", name, "maxPods"];
  try {
    const possible = maxPodsPossible(config, group);
    if (typeof group.maxPods === "string" || group.maxPods <= possible) return [];
    const { mode } = podDensityOf(config);
    return [
      {
        path,
        message: `is more than ${group.instanceTypes.join(", ")} can have with ${mode}; write auto, or at most ${possible}`,
      },
    ];
  } catch (error) {
    if (!(error instanceof PodDensityError)) throw error;
    return [
      {
        path: ["nodes", name, "instanceTypes"],
        message: `${error.message}; write other types, or another cni setting`,
        related: [["cni"]],
      },
    ];
  }
}
