import { at, entries, text } from "../../values/value";
import { podsOfAccount } from "../cluster-index";
import type { MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { NeedEnd } from "./need";

/** Pods of a namespace that nobody's manifest or record has: without a label that a policy looks for. */
export function anyPods(namespace: string): Extract<NeedEnd, { kind: "pods" }> {
  return { kind: "pods", pods: madePods(namespace, "*", { groupsByAccount: false }) };
}

function madePods(
  namespace: string,
  name: string,
  own: Pick<MeshPods, "serviceAccount" | "groupsByAccount"> & { readonly labels?: MeshPods["labels"] },
): MeshPods {
  return { kind: "pods", name: `${namespace}/${name}`, namespace, labels: {}, ports: [], ...own };
}

/**
 * Those that teams make in namespaces of the stacks: any of them, and for each SecurityGroupPolicy those that have its groups.
 */
export function madeByTeams({ cluster, network }: Pick<ReachWorld, "cluster" | "network">): MeshPods[] {
  const grouped = network?.vpc.clusters.get(network.target)?.podGroups ?? [];
  return [...cluster.policies.namespaces.keys()].flatMap((namespace) => [
    anyPods(namespace).pods,
    ...grouped
      .filter((each) => each.namespace === namespace)
      .flatMap(({ name, pods, byAccount }) => {
        const labels = Object.fromEntries(
          entries(at(pods, "matchLabels")).map(([key, value]) => [key, text(value)]),
        );
        const isKnown = cluster.pods.some(
          (each) =>
            each.namespace === namespace &&
            Object.entries(labels).every(([key, value]) => each.labels[key] === value),
        );
        if (byAccount) return [madePods(namespace, `* by ${name}`, { labels, groupsByAccount: name })];
        const told = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
        return told.length === 0 || isKnown ? [] : [madePods(namespace, told.join(","), { labels })];
      }),
  ]);
}

/** Of a service account in a namespace of the stacks that no pods are known to have. */
export function madeFor(account: string, { cluster }: Pick<ReachWorld, "cluster">): MeshPods[] {
  const [namespace = "", name = ""] = account.split("/");
  const isKnown = podsOfAccount(cluster, name).some((each) => each.namespace === namespace);
  return isKnown || !cluster.policies.namespaces.has(namespace)
    ? []
    : [madePods(namespace, `* of ${name}`, { serviceAccount: name })];
}
