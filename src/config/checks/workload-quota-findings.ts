import type { WorkloadConfig } from "../schema/workloads/workloads";
import type { Target } from "../target";
import { replicaRange, workloadsOf } from "../workloads";
import type { Finding } from "./finding";

type Amount = "cpus" | "memoryGiB" | "storageGiB" | "pods" | "loadBalancers";

/** What a service can ask for at its most, in the units of a namespace's quota. */
const asked: Readonly<Record<Amount, (workload: WorkloadConfig) => number>> = {
  cpus: (each) => replicaRange(each).max * each.resources.cpus,
  memoryGiB: (each) => (replicaRange(each).max * each.resources.memoryMiB) / 1024,
  storageGiB: (each) =>
    replicaRange(each).max * Object.values(each.storage).reduce((sum, { gib }) => sum + gib, 0),
  pods: (each) => replicaRange(each).max,
  loadBalancers: ({ service }) => (service?.kind === "nlb" ? 1 : 0),
};

/** Namespaces whose services together can't have what they may ask for: the last replicas would be refused. */
export function quotaFindings({ config }: Target): Finding[] {
  return Object.entries(config.namespaces).flatMap(([name, { quota }]) => {
    if (quota === undefined) return [];
    const services = Object.entries(workloadsOf(config)).filter(([, { namespace }]) => namespace === name);
    return (Object.keys(asked) as Amount[]).flatMap((amount): Finding[] => {
      const limit = quota[amount];
      const each = services.map(([service, workload]) => [service, round(asked[amount](workload))] as const);
      const total = round(each.reduce((sum, [, value]) => sum + value, 0));
      if (limit === undefined || total <= limit) return [];
      const parts = each.filter(([, value]) => value > 0).map(([service, value]) => `${service} ${value}`);
      return [
        {
          path: ["namespaces", name, "quota", amount],
          message: `is less than its services can ask for, ${total} (${parts.join(", ")}); raise it, or lower their replicas`,
          related: [["workloads"]],
        },
      ];
    });
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
