import { z } from "zod";
import { Pod } from "../../live/objects";
import { always, type LiveCheck } from "../../verify/live-check";
import { Notes } from "../../verify/notes";

const Budget = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  status: z.object({
    disruptionsAllowed: z.number().catch(0),
    currentHealthy: z.number().catch(0),
    desiredHealthy: z.number().catch(0),
    expectedPods: z.number().catch(0),
  }),
});

/** EKS gives up a node group's update whose pods don't leave within 15 minutes (EKS User Guide, managed node update behavior). */
export const budgetsAllow: LiveCheck = {
  id: "DRAIN-BUDGETS",
  group: "nodes",
  proves: "every budget of disruption lets at least one pod go, so that nodes can be drained",
  asks: ["kubectl get poddisruptionbudgets -A"],
  offline: "replicas and budgets of declared services",
  applies: always,
  judge: (_, told) => {
    const notes = new Notes(told);
    const found = notes.objects(Budget, "poddisruptionbudgets", "-A");
    for (const { metadata, status } of found ?? []) {
      if (status.expectedPods === 0 || status.disruptionsAllowed > 0) continue;
      notes.fault(
        `budget ${metadata.namespace}/${metadata.name} lets no pod go: ${status.currentHealthy} of ${status.expectedPods} are healthy, it wants ${status.desiredHealthy}`,
      );
    }
    if (found !== undefined) notes.seen(`${found.length} budgets let a pod go`);
    return notes.outcome();
  },
};

/** Of static pods (Kubernetes API, well-known annotations). */
const MIRROR = "kubernetes.io/config.mirror";

/** Those that `kubectl drain` refuses without --force (k8s.io/kubectl v0.35.0, pkg/drain/filters.go, unreplicatedFilter). */
export const noBarePods: LiveCheck = {
  id: "DRAIN-BARE-PODS",
  group: "nodes",
  proves: "every pod has a controller, which makes it anew elsewhere",
  asks: ["kubectl get pods -A"],
  offline: "none: the platform makes no such pods",
  applies: always,
  judge: (_, told) => {
    const notes = new Notes(told);
    const found = notes.objects(Pod, "pods", "-A");
    const bare = (found ?? []).filter(
      ({ metadata, status }) =>
        !metadata.ownerReferences.some(({ controller }) => controller) &&
        !(MIRROR in metadata.annotations) &&
        !["Succeeded", "Failed"].includes(status.phase),
    );
    notes.faultOf(
      bare.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
      "pod",
      "without a controller would be gone with the node",
    );
    if (found !== undefined) notes.seen(`each of ${found.length} pods has a controller, or is done`);
    return notes.outcome();
  },
};
