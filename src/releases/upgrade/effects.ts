import type { Component } from "../components";

/** Parts of a hop, in the order in which they are applied. */
export const phases = ["control plane", "CRDs", "CNI", "nodes", "add-ons", "charts"] as const;
export type Phase = (typeof phases)[number];

/** What a new version of a component does to a running cluster. */
export interface Effect {
  readonly phase: Phase;
  readonly restarts: string;
  /** CRDs lie in the chart's crds folder, which Helm never upgrades. */
  readonly crdsByHand?: boolean;
}

const controllers = "its controller; workloads go on";

/** Source of `crdsByHand`: the charts' archives, crds folders, at the pins of 2026-08. */
export const effects: Readonly<Record<Component, Effect>> = {
  kubernetes: {
    phase: "control plane",
    restarts: "the API servers, one by one; no pod",
  },
  "gateway-api": { phase: "CRDs", restarts: "nothing" },
  "prometheus-operator-crds": { phase: "CRDs", restarts: "nothing" },
  "spire-crds": { phase: "CRDs", restarts: "nothing" },
  cilium: {
    phase: "CNI",
    restarts: "the agent of each node in turn; connections go on, L7 and DNS policies pause meanwhile",
  },
  "vpc-cni": { phase: "CNI", restarts: "aws-node of each node in turn; running pods keep their addresses" },
  "kube-proxy": { phase: "CNI", restarts: "kube-proxy of each node in turn; connections go on" },
  "node-local-dns": {
    phase: "add-ons",
    restarts: "the DNS cache of each node in turn; lookups may take a retry",
  },
  al2023: { phase: "nodes", restarts: "every node of managed groups: drained within disruption budgets" },
  bottlerocket: {
    phase: "nodes",
    restarts: "every node of managed groups: drained within disruption budgets",
  },
  coredns: { phase: "add-ons", restarts: "CoreDNS, pod by pod" },
  "aws-ebs-csi-driver": { phase: "add-ons", restarts: "the driver; mounted volumes stay, attaching waits" },
  "eks-pod-identity-agent": {
    phase: "add-ons",
    restarts: "the agent of each node in turn; credentials that were fetched stay valid",
  },
  "amazon-cloudwatch-observability": {
    phase: "add-ons",
    restarts: "agents of each node in turn; logs are sent late",
  },
  "snapshot-controller": { phase: "add-ons", restarts: controllers },
  karpenter: {
    phase: "charts",
    restarts: "its controller, CRDs first; nodes stay unless a hash changes (drift)",
  },
  istio: {
    phase: "charts",
    restarts: "istiod and gateways, CRDs (base) first; sidecars keep the old proxy until their pods restart",
  },
  "metrics-server": { phase: "charts", restarts: "it; autoscalers by CPU wait meanwhile" },
  keda: { phase: "charts", restarts: controllers },
  vpa: { phase: "charts", restarts: controllers, crdsByHand: true },
  "cert-manager": { phase: "charts", restarts: "its controller and webhook; issuing waits" },
  "aws-privateca-issuer": { phase: "charts", restarts: controllers },
  "istio-csr": { phase: "charts", restarts: "it; new workloads wait for certificates" },
  "aws-load-balancer-controller": { phase: "charts", restarts: controllers, crdsByHand: true },
  "external-dns": { phase: "charts", restarts: controllers, crdsByHand: true },
  "ingress-nginx": { phase: "charts", restarts: "the proxies, pod by pod; long connections end" },
  "secrets-store-csi-driver": {
    phase: "charts",
    restarts: "the driver of each node in turn; pods that start then wait",
  },
  "secrets-store-csi-driver-provider-aws": { phase: "charts", restarts: "the provider of each node in turn" },
  "external-secrets": { phase: "charts", restarts: "its controller and webhook; secrets that exist stay" },
  "kube-prometheus-stack": {
    phase: "charts",
    restarts: "Prometheus and Grafana; a gap without a second replica",
  },
  "prometheus-adapter": { phase: "charts", restarts: "it; autoscalers by its metrics wait meanwhile" },
  "opentelemetry-operator": { phase: "charts", restarts: controllers },
  "opentelemetry-collector": { phase: "charts", restarts: "the collectors; telemetry in flight can be lost" },
  "aws-for-fluent-bit": { phase: "charts", restarts: "the shipper of each node in turn; logs are sent late" },
  "fluent-bit": { phase: "charts", restarts: "the shipper of each node in turn; logs are sent late" },
  "argo-cd": { phase: "charts", restarts: "its components; no application" },
  "argo-rollouts": { phase: "charts", restarts: "its controller; a rollout in progress waits" },
  spire: { phase: "charts", restarts: "server and agents; certificates that were issued stay valid" },
  velero: {
    phase: "charts",
    restarts: "its controller, CRDs first (a hook of the chart); no backup may run",
  },
  kyverno: { phase: "charts", restarts: "its controllers; admission waits" },
};

/** How many minors a component may go up at once. */
export interface JumpRule {
  readonly component: Component;
  readonly inPlace: number;
  readonly source: string;
}

export const jumpRules: readonly JumpRule[] = [
  { component: "kubernetes", inPlace: 1, source: "EKS user guide, update a cluster's Kubernetes version" },
  { component: "cilium", inPlace: 1, source: "cilium/cilium Documentation/operations/upgrade.rst" },
  {
    component: "istio",
    inPlace: 1,
    source: "istio.io docs/setup/upgrade, in-place",
  },
];
