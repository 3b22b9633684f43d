import { isList, isMap, type Value } from "../../values/value";
import type { UpgradeNote } from "../component";

const CILIUM_119 = "cilium/cilium Documentation/operations/upgrade.rst of 1.19.6, 1.19 Upgrade Notes";

const POLICIES = ["ciliumnetworkpolicies", "ciliumclusterwidenetworkpolicies"] as const;

/** Whether a value has, at any depth, a key whose value is so. */
function hasIn(value: Value, key: string, isSo: (found: Value) => boolean): boolean {
  if (isList(value)) return value.some((each) => hasIn(each, key, isSo));
  if (!isMap(value)) return false;
  return Object.entries(value).some(
    ([name, inner]) => (name === key && isSo(inner)) || hasIn(inner, key, isSo),
  );
}

const isThere = (value: Value): boolean => value !== undefined && value !== null;

export const upgradeNotes: readonly UpgradeNote[] = [
  {
    since: "1.19",
    says: "a policy that names no cluster selects pods of its own cluster only (the platform sets it so already): policies of teams that meant all clusters of a mesh must name them",
    source: CILIUM_119,
  },
  {
    since: "1.19",
    says: "in DNS patterns **. matches several labels, where it matched one: look at teams' policies for toFQDNs that begin with it",
    source: CILIUM_119,
    about: {
      resources: POLICIES,
      isMeant: (policy) =>
        hasIn(policy, "matchPattern", (pattern) => typeof pattern === "string" && pattern.startsWith("**.")),
    },
  },
  {
    since: "1.19",
    says: "policies with fromRequires or toRequires are refused: remove them first",
    source: CILIUM_119,
    about: {
      resources: POLICIES,
      isMeant: (policy) => ["fromRequires", "toRequires"].some((key) => hasIn(policy, key, isThere)),
    },
  },
  {
    since: "1.19",
    says: "mutual authentication is off unless it is asked for; policies with authentication then let traffic through without it. Keep identity: { kind: cilium } where teams use it",
    source: CILIUM_119,
    about: {
      resources: POLICIES,
      isMeant: (policy, { identity }) =>
        identity?.kind !== "cilium" && hasIn(policy, "mode", (mode) => mode === "required"),
    },
  },
  {
    since: "1.19",
    says: "CiliumLoadBalancerIPPool is cilium.io/v2, and CiliumBGPPeeringPolicy is gone: change those of teams first",
    source: CILIUM_119,
    about: { resources: ["ciliumbgppeeringpolicies"] },
  },
  {
    since: "1.19",
    says: "policies for Kafka are deprecated and will be removed in 1.20",
    source: CILIUM_119,
  },
  {
    since: "1.19",
    says: "metrics of Cluster Mesh lose the labels source_cluster and source_node_name, and the operator's workqueue_* are cilium_operator_k8s_workqueue_*: change your own dashboards and alerts",
    source: CILIUM_119,
  },
  {
    since: "1.19",
    says: "with Cluster Mesh the users of peers move from Cilium's release to the mesh stack's: deploy cni and mesh in one go, new replicas of clustermesh-apiserver wait for the second",
    source:
      "cilium/cilium install/kubernetes/cilium/templates/clustermesh-apiserver/users-configmap.yaml, 1.18.11 and 1.19.6",
  },
];
