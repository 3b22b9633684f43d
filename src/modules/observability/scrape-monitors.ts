import type { Manifest } from "../manifest-release";
import { podMonitor } from "./pod-monitor";

/** Whose pods hold addresses and flows. */
export interface ScrapedCni {
  readonly cilium: boolean;
  readonly vpcCni: boolean;
}

/**
 * Monitors of what was installed before Prometheus had its kinds. By pod and port name, so that no chart has to know of
 * Prometheus when it is installed.
 */
export function cniMonitors({ cilium, vpcCni }: ScrapedCni): Record<string, Manifest> {
  return {
    ...(cilium && {
      "cilium-agent": podMonitor("cilium-agent", "kube-system", { "k8s-app": "cilium" }, [
        "prometheus",
        "hubble-metrics",
      ]),
      "cilium-operator": podMonitor("cilium-operator", "kube-system", { name: "cilium-operator" }, [
        "prometheus",
      ]),
    }),
    ...(vpcCni && {
      "vpc-cni": podMonitor("vpc-cni", "kube-system", { "k8s-app": "aws-node" }, ["metrics"]),
    }),
  };
}

/**
 * Ports that Prometheus reads on nodes: node exporter, Cilium's agent and operator, Hubble, the load balancer controller
 * (values of the charts). With an overlay the node security group has to name them.
 */
export const scrapedNodePorts = {
  "node-exporter": 9100,
  "cilium-agent": 9962,
  "cilium-operator": 9963,
  hubble: 9965,
  "load-balancer-controller": 8080,
} as const;
