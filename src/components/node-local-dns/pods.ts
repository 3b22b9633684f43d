import { given, imageAt, container, type ChartWork } from "../chart-work";

/** deliveryhero/helm-charts node-local-dns 2.9.2, rendered with the values of every sample. */
export const nodeLocalDnsWork = {
  "node-local-dns": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "node-cache",
        image: imageAt("image.repository", "registry.k8s.io/dns/k8s-dns-node-cache"),
        resources: "resources",
        securityContext: given("securityContext", { capabilities: { add: ["NET_ADMIN"] } }),
      }),
    ],
    hostPaths: { "xtables-lock": "/run/xtables.lock" },
  },
} satisfies Readonly<Record<string, ChartWork>>;
