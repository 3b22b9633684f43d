import { istioProxy } from "../../facts/injected-containers";
import { istioProxiesIn } from "../../model/injected-images";
import type { WorkloadConfig } from "../../config/schema/workloads/workloads";
import type { Target } from "../../model/target";
import { replicaRange } from "../../model/workloads";
import type { Finding } from "../finding";

type Amount = "cpus" | "memoryGiB" | "storageGiB" | "pods" | "loadBalancers";
type Amounts = Readonly<Record<Amount, number>>;

/** What a service can ask for at its most, in the units of a namespace's quota. */
const asked: Readonly<Record<Amount, (workload: WorkloadConfig) => number>> = {
  cpus: (each) => replicaRange(each).max * each.resources.cpus,
  memoryGiB: (each) => (replicaRange(each).max * each.resources.memoryMiB) / 1024,
  storageGiB: (each) =>
    replicaRange(each).max * Object.values(each.storage).reduce((sum, { gib }) => sum + gib, 0),
  pods: (each) => replicaRange(each).max,
  loadBalancers: ({ service }) => (service?.kind === "nlb" ? 1 : 0),
};

/** What so many of Istio's proxies ask for. Those beside services' pods are in pods that are counted already. */
function proxies(count: number, inPodsOfTheirOwn: boolean): Amounts {
  const { cpus, memoryMiB } = istioProxy.requests;
  return {
    cpus: count * cpus,
    memoryGiB: (count * memoryMiB) / 1024,
    storageGiB: 0,
    pods: inPodsOfTheirOwn ? count : 0,
    loadBalancers: 0,
  };
}

/** Namespaces whose services together can't have what they may ask for: the last replicas would be refused. */
export function quotaFindings({ config, workloads }: Target): Finding[] {
  return Object.entries(config.namespaces).flatMap(([name, { quota, labels }]) => {
    if (quota === undefined) return [];
    const services = Object.entries(workloads).filter(([, { namespace }]) => namespace === name);
    if (services.length === 0) return [];
    const { sidecars, waypoint } = istioProxiesIn(config, name, labels);
    const pods = services.reduce((sum, [, workload]) => sum + asked.pods(workload), 0);
    return (Object.keys(asked) as Amount[]).flatMap((amount): Finding[] => {
      const limit = quota[amount];
      const each = [
        ...services.map(([service, workload]) => [service, asked[amount](workload)] as const),
        ["their sidecars", proxies(sidecars ? pods : 0, false)[amount]] as const,
        ["the waypoint", proxies(waypoint ? 1 : 0, true)[amount]] as const,
      ].map(([who, value]) => [who, round(value)] as const);
      const total = round(each.reduce((sum, [, value]) => sum + value, 0));
      if (limit === undefined || total <= limit) return [];
      const parts = each.filter(([, value]) => value > 0).map(([who, value]) => `${who} ${value}`);
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
