import { asks, IN_CLUSTER } from "../chart";
import type { ChartComponentRecord } from "../component";

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
      requests: [asks("resources", 25, 128, 128)],
      callsOut: IN_CLUSTER,
    },
  },
  registries: ["registry.k8s.io"],
  upgrade: { phase: "add-ons", restarts: "the DNS cache of each node in turn; lookups may take a retry" },
};
