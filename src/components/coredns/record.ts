import type { AddonRecord } from "../component";
import { pins } from "./pins";

export const coredns: AddonRecord<"coredns"> = {
  kind: "add-on",
  name: "coredns",
  stack: "nodes",
  isUsed: () => true,
  settings: ["network", "dns"],
  docs: "docs/network-operations.md",
  pins,
  pods: {
    coredns: {
      of: "coredns",
      labels: { "k8s-app": "kube-dns" },
      serviceAccount: "coredns",
      ports: { dns: 53, "dns-tcp": 53, metrics: 9153 },
      scraped: ["metrics"],
      answersLookups: true,
    },
  },
  upgrade: {
    phase: "add-ons",
    restarts: "CoreDNS, pod by pod",
    notes: [
      {
        since: "1.14",
        says: "rewrite is applied before acl, regular expressions have a limit of length, and the API server is asked at a limited rate",
        source: "coredns/coredns notes/coredns-1.14.0.md and coredns-1.14.2.md",
      },
    ],
  },
};
