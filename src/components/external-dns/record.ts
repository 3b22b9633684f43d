import { asks, env, RELEASE } from "../chart";
import { CONTROLLER_RESTARTS, type ChartComponentRecord } from "../component";
import { externalDnsAccounts } from "./calls";
import { pins } from "./pins";
import { externalDnsWork } from "./pods";

export const EXTERNAL_DNS_NAMESPACE = "external-dns";

export const externalDns: ChartComponentRecord<"external-dns"> = {
  kind: "charts",
  name: "external-dns",
  stack: "ingress",
  isUsed: ({ ingress }) => ingress?.dns !== undefined,
  settings: ["ingress", "dns"],
  docs: "docs/components/ingress.md",
  charts: {
    "external-dns": {
      repository: "https://kubernetes-sigs.github.io/external-dns/",
      name: "external-dns",
      podsReadAt: ["1.21.1"],
      requests: [asks("resources", 25, 64, 256)],
      callsOut: [env("env")],
    },
  },
  pins,
  namespaces: { [EXTERNAL_DNS_NAMESPACE]: { open: [], metrics: [7979] } },
  monitors: {
    "external-dns": {
      namespace: EXTERNAL_DNS_NAMESPACE,
      pods: { "app.kubernetes.io/name": "external-dns" },
      ports: ["http"],
    },
  },
  registries: ["registry.k8s.io"],
  roles: {
    // Zones of another role have an instance of their own (hosted-zones.ts).
    "external-dns": ({ config }) =>
      Object.values(config.ingress?.dns?.zones ?? {}).some(({ role }) => role === undefined),
  },
  pods: {
    "external-dns": {
      of: "external-dns",
      name: RELEASE,
      labels: { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": RELEASE },
      serviceAccount: RELEASE,
      ports: { http: 7979 },
      work: externalDnsWork["external-dns"],
    },
  },
  calls: externalDnsAccounts,
  crds: {
    "externaldns.k8s.io": ["DNSEndpoint"],
  },
  // At 0.21: any name of its zones.
  foreign: [{ group: "externaldns.k8s.io", kind: "DNSEndpoint", resource: "dnsendpoints" }],
  upgrade: { phase: "charts", restarts: CONTROLLER_RESTARTS, crdsByHand: true },
};
