import type { Plain } from "../draft";
import type { FoundRelease } from "../found/software";
import { KARPENTER, KARPENTER_SAYS } from "./add-ons";

/** Charts that come with a key of ours whatever their values say. */
const BROUGHT: Readonly<
  Record<string, { readonly settings: Readonly<Record<string, Plain>>; readonly says: string }>
> = {
  karpenter: { settings: { karpenter: KARPENTER }, says: KARPENTER_SAYS },
  "metrics-server": {
    settings: { metricsServer: {} },
    says: "the release's version, as the platform sets it",
  },
};

/** Charts of which a key has something like it, which takes a decision. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^karpenter-crd$/, "it comes with karpenter"],
  [/^aws-load-balancer-controller$/, "write ingress.loadBalancers"],
  [/^external-dns$/, "write ingress.dns, with the zones that it may write"],
  [/^cert-manager$/, "write ingress.certificates, with who issues them"],
  [
    /^(ingress-nginx|traefik|kong|haproxy-ingress|contour)$/,
    "write ingress.gateway, which takes Gateway API's objects",
  ],
  [/^external-secrets$/, "write secrets"],
  [/^(secrets-store-csi-driver.*|csi-secrets-store.*)$/, "write secrets.delivery: csi"],
  [
    /^(kube-prometheus-stack|prometheus|grafana|kube-state-metrics|prometheus-node-exporter)$/,
    "write observability.prometheus",
  ],
  [
    /^(fluent-bit|aws-for-fluent-bit|fluentd|vector|promtail)$/,
    "write observability.logs, or observability.containerInsights",
  ],
  [/^(argo-cd|argocd.*|flux2?)$/, "write gitops, which installs Argo CD"],
  [/^keda$/, "write keda"],
  [/^(vpa|vertical-pod-autoscaler)$/, "write verticalPodAutoscaler"],
  [/^velero$/, "write backup"],
  [/^cluster-autoscaler$/, "write karpenter, which replaces it"],
  [/^(istiod|base|istio-.*|cni|ztunnel|gateway)$/, "write mesh, which installs Istio"],
  [
    /^(aws-ebs-csi-driver|aws-vpc-cni|coredns|kube-proxy|eks-pod-identity-agent)$/,
    "the platform has it as an add-on of EKS",
  ],
  [/^(aws-node-termination-handler)$/, "managed groups and karpenter drain nodes themselves"],
];

/** The chart that says how pods are networked. */
export const CILIUM = "cilium";

export function releaseSettings(found: readonly FoundRelease[]): Readonly<Record<string, Plain>> {
  const brought: Record<string, Plain> = {};
  for (const { chart, at } of found) {
    if (chart === CILIUM) continue;
    const known = BROUGHT[chart];
    if (known === undefined) {
      at.lost(
        OTHERS.find(([matches]) => matches.test(chart))?.[1] ??
          "no part of the platform: install it beside, by gitops or a project of its own",
      );
      continue;
    }
    Object.assign(brought, known.settings);
    at.changed(known.says);
  }
  return brought;
}
