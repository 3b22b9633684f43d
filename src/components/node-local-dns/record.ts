import { asks, IN_CLUSTER } from "../chart";
import type { ChartComponentRecord } from "../component";
import { pins } from "./pins";
import { nodeLocalDnsWork } from "./pods";

export const nodeLocalDns: ChartComponentRecord<"node-local-dns"> = {
  kind: "charts",
  name: "node-local-dns",
  stack: "nodes",
  isUsed: ({ network }) => network.dns.nodeLocalCache,
  settings: ["network", "dns"],
  docs: "docs/network-operations.md",
  charts: {
    "node-local-dns": {
      repository: "oci://ghcr.io/deliveryhero/helm-charts",
      name: "node-local-dns",
      podsReadAt: ["2.9.2"],
      requests: [asks("resources", 25, 128, 128)],
      callsOut: IN_CLUSTER,
    },
  },
  pins,
  registries: ["registry.k8s.io"],
  pods: {
    "node-local-dns": {
      of: "node-local-dns",
      labels: { "k8s-app": "node-local-dns" },
      serviceAccount: "node-local-dns",
      ports: { dns: 53, "dns-tcp": 53, metrics: 9253 },
      // The chart has no value of that name: on the node's network where it sets up rules there.
      hostNetwork: "config.setupIptables",
      address: "169.254.20.10",
      answersLookups: true,
      quiet: true,
      work: nodeLocalDnsWork["node-local-dns"],
    },
  },
  upgrade: { phase: "add-ons", restarts: "the DNS cache of each node in turn; lookups may take a retry" },
};
