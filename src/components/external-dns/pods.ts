import { imageAt, container, CONFINED, DROPS_ALL, type ChartWork } from "../chart-work";

/** kubernetes-sigs/external-dns external-dns-helm-chart-1.21.1, rendered with the values of every sample. */
export const externalDnsWork = {
  "external-dns": {
    kind: "Deployment",
    surge: 0,
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true },
    containers: [
      container({
        name: ({ name }) => name,
        image: imageAt("image.repository", "registry.k8s.io/external-dns/external-dns"),
        resources: "resources",
        securityContext: { ...DROPS_ALL, runAsNonRoot: true, runAsUser: 65532 },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;
