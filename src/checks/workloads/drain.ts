import { DEFAULT_DRAIN_SECONDS, SHORTEST_DRAIN_SECONDS } from "../../facts/load-balancer-drain";
import { loadBalancerOf } from "../../model/load-balanced";
import type { Finding } from "../finding";
import type { CheckedWorkload } from "./checked-workload";

const NAMES = { alb: "an application load balancer", nlb: "a network load balancer" } as const;

/** Pods that would be gone while their load balancer still sends them requests. */
export function drainFindings({ target: { config }, name, workload, path }: CheckedWorkload): Finding[] {
  const { drainSeconds } = workload.shutdown;
  if (drainSeconds === undefined) return [];
  const loadBalancer = loadBalancerOf(name, workload, config);
  if (loadBalancer === undefined || drainSeconds >= SHORTEST_DRAIN_SECONDS[loadBalancer]) return [];
  return [
    {
      path: [...path, "shutdown", "drainSeconds"],
      message: `ends before ${NAMES[loadBalancer]} has stopped sending requests; write at least ${SHORTEST_DRAIN_SECONDS[loadBalancer]}, or leave it out for ${DEFAULT_DRAIN_SECONDS[loadBalancer]}`,
    },
  ];
}
