import { z } from "zod";
import { Any, condition, conditionsOf, Node, Pod, Workload } from "../../live/objects";
import { always, type LiveCheck } from "../live-check";
import { Notes } from "../notes";

/** Conditions of which `True` is bad (Kubernetes, "Node Status"). */
const PRESSURES = ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"];

const nodesReady: LiveCheck = {
  id: "NODES-READY",
  group: "nodes",
  proves: "every node is Ready, without pressure, and there are as many as the groups have at least",
  asks: ["kubectl get nodes"],
  offline: "capacity, NODE-ZONES",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const nodes = notes.objects(Node, "nodes");
    if (nodes === undefined) return notes.outcome();
    for (const { metadata, status } of nodes) {
      const ready = condition(status.conditions, "Ready");
      if (ready?.status !== "True")
        notes.fault(
          `${metadata.name} is not Ready: ${ready === undefined ? "it says nothing" : `${ready.reason}: ${ready.message}`}`,
        );
      for (const each of PRESSURES) {
        const found = condition(status.conditions, each);
        if (found?.status === "True") notes.fault(`${metadata.name}: ${each}: ${found.message}`);
      }
    }
    const least = Object.values(target.config.nodes).reduce((sum, { size }) => sum + size.min, 0);
    if (nodes.length < least) notes.fault(`${nodes.length} nodes, and the groups have at least ${least}`);
    notes.seen(`${nodes.length} nodes are Ready`);
    return notes.outcome();
  },
};

const nodesPrivate: LiveCheck = {
  id: "NODES-PRIVATE",
  group: "nodes",
  proves: "no node has a public address",
  asks: ["kubectl get nodes"],
  offline: "NODE-PUBLIC-IP, NODE-PUBLIC-SUBNET, NET-SUBNET-PUBLIC-IP",
  applies: always,
  judge: (_, told) => {
    const notes = new Notes(told);
    const nodes = notes.objects(Node, "nodes");
    for (const { metadata, status } of nodes ?? []) {
      const open = status.addresses.filter(({ type }) => type === "ExternalIP");
      if (open.length > 0)
        notes.fault(
          `${metadata.name} has a public address: ${open.map(({ address }) => address).join(", ")}`,
        );
    }
    if (nodes !== undefined && nodes.length > 0) notes.seen(`none of ${nodes.length} nodes has one`);
    return notes.outcome("there are no nodes");
  },
};

const nodesVersion: LiveCheck = {
  id: "NODES-VERSION",
  group: "nodes",
  proves: "kubelets run the release's minor of Kubernetes, and no node is left cordoned",
  asks: ["kubectl get nodes"],
  offline: "NODE-AMI-PIN",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const nodes = notes.objects(Node, "nodes");
    const wanted = (target.release.nodes ?? target.release.kubernetes).version;
    for (const { metadata, spec, status } of nodes ?? []) {
      const version = status.nodeInfo.kubeletVersion;
      if (!version.startsWith(`v${wanted}.`))
        notes.fault(`${metadata.name} runs ${version || "an unknown version"}, the release says ${wanted}`);
      if (spec.unschedulable) notes.fault(`${metadata.name} is cordoned: no pod is placed on it`);
    }
    if (nodes !== undefined && nodes.length > 0) notes.seen(`${nodes.length} nodes run ${wanted}`);
    return notes.outcome("there are no nodes");
  },
};

const karpenterReady: LiveCheck = {
  id: "KARPENTER-READY",
  group: "nodes",
  proves: "node pools and node classes of Karpenter are Ready, and no claim waits for its node",
  asks: ["kubectl get nodepools", "kubectl get ec2nodeclasses", "kubectl get nodeclaims"],
  offline: "NODE-CLASS-SELECTOR, NODE-POOL-LIMITS, permissions (karpenter)",
  applies: ({ components }) => components.has("karpenter"),
  judge: ({ now }, told) => {
    const notes = new Notes(told);
    for (const kind of ["nodepools", "ec2nodeclasses"]) {
      const found = notes.objects(Any, kind);
      for (const object of found ?? []) {
        const bad = conditionsOf(object).filter(({ status }) => status === "False");
        const ready = condition(conditionsOf(object), "Ready");
        const why = (bad.find(({ type }) => type !== "Ready") ?? ready)?.message ?? "it says nothing";
        if (ready?.status !== "True") notes.fault(`${kind}/${object.metadata.name} is not Ready: ${why}`);
      }
      if (found !== undefined) notes.seen(`${found.length} ${kind} are Ready`);
    }
    for (const claim of notes.objects(Any, "nodeclaims") ?? []) {
      const registered = condition(conditionsOf(claim), "Registered");
      const minutes = (now - Date.parse(claim.metadata.creationTimestamp)) / 60_000;
      // Karpenter itself gives a claim up that does not register within 15 minutes.
      if (registered?.status !== "True" && minutes > 15)
        notes.fault(`nodeclaims/${claim.metadata.name} has no node after ${Math.round(minutes)} minutes`);
    }
    return notes.outcome();
  },
};

/** Of a container that does not run: what its status says (kubelet, pkg/kubelet/images/types.go and container states). */
const BROKEN = /BackOff|Err|Error|Invalid|CreateContainer|OOMKilled/;

const platformRunning: LiveCheck = {
  id: "PLATFORM-RUNNING",
  group: "platform",
  proves:
    "all Deployments, StatefulSets and DaemonSets of the platform's namespaces are available, and no pod fails",
  asks: ["kubectl get deployments,statefulsets,daemonsets -A", "kubectl get pods -A"],
  offline: "admission",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const own = new Set([...target.platformNamespaces, "kube-system"]);
    const all = notes.objects(Workload, "deployments,statefulsets,daemonsets", "-A") ?? [];
    const workloads = all.filter(({ metadata }) => own.has(metadata.namespace));
    for (const { kind, metadata, spec, status } of workloads) {
      const wanted = kind === "DaemonSet" ? status.desiredNumberScheduled : (spec.replicas ?? 1);
      const there = kind === "DaemonSet" ? status.numberReady : status.readyReplicas;
      if (there < wanted)
        notes.fault(`${kind} ${metadata.namespace}/${metadata.name}: ${there} of ${wanted} pods are ready`);
    }
    for (const { metadata, status } of notes.objects(Pod, "pods", "-A") ?? []) {
      if (!own.has(metadata.namespace) || status.phase === "Succeeded") continue;
      for (const { name, state } of [...status.initContainerStatuses, ...status.containerStatuses]) {
        const { reason = "", message = "" } = state.waiting ?? {};
        if (BROKEN.test(reason))
          notes.fault(
            `pod ${metadata.namespace}/${metadata.name}, container ${name}: ${reason}${message && `: ${message}`}`,
          );
      }
    }
    if (workloads.length > 0) notes.seen(`${workloads.length} workloads of the platform are available`);
    return notes.outcome("there are no workloads in the platform's namespaces");
  },
};

/** policy/v1 PodDisruptionBudgetStatus (kubernetes/api v0.33, policy/v1/types.go). */
const budgetStatus = z.object({
  disruptionsAllowed: z.number().catch(0),
  currentHealthy: z.number().catch(0),
  desiredHealthy: z.number().catch(0),
  expectedPods: z.number().catch(0),
});

const drainable: LiveCheck = {
  id: "NODES-DRAINABLE",
  group: "nodes",
  proves: "no disruption budget forbids every drain: where all its pods are healthy, one may go",
  asks: ["kubectl get poddisruptionbudgets -A"],
  offline: "budgets of workloads and charts",
  applies: always,
  judge: (_, told) => {
    const notes = new Notes(told);
    const budgets = notes.objects(Any, "poddisruptionbudgets", "-A");
    for (const { metadata, status } of budgets ?? []) {
      const name = `${metadata.namespace}/${metadata.name}`;
      const { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods } = budgetStatus.parse(status);
      if (expectedPods === 0 || disruptionsAllowed > 0) continue;
      if (currentHealthy >= expectedPods)
        notes.fault(
          `${name} lets none of ${expectedPods} healthy pods go (${desiredHealthy} have to stay); drains, upgrades and consolidation of their nodes wait for ever`,
        );
      else notes.open(`${name}: ${currentHealthy} of ${expectedPods} pods are healthy, and none may go now`);
    }
    if (budgets !== undefined) notes.seen(`${budgets.length} budgets let a pod go`);
    return notes.outcome();
  },
};

export const nodeChecks = [
  nodesReady,
  nodesPrivate,
  nodesVersion,
  drainable,
  karpenterReady,
  platformRunning,
];
