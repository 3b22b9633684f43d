import type { Row } from "./switches";

/** Add-ons of the cluster and nodes stacks, which every target has. */
const ALWAYS = ["addon aws-ebs-csi-driver", "addon coredns", "addon eks-pod-identity-agent"];

const VPC_CNI = ["addon kube-proxy", "addon vpc-cni"];
const ISTIO = ["base", "istiod"];

/** Charts and EKS add-ons by the positions of switches, written down apart from the stacks that make them. */
const installs: Partial<Readonly<Record<keyof Row, Readonly<Record<string, readonly string[]>>>>> = {
  cni: {
    "cilium-eni": ["cilium"],
    "cilium-overlay": ["cilium"],
    "cilium-chaining": ["cilium", ...VPC_CNI],
    "vpc-cni": VPC_CNI,
  },
  nodeLocalDns: { on: ["node-local-dns"] },
  karpenter: { on: ["karpenter-crd", "karpenter"], irsa: ["karpenter-crd", "karpenter"] },
  metricsServer: { on: ["metrics-server"] },
  keda: { on: ["keda"] },
  verticalPodAutoscaler: { recommend: ["vpa"], act: ["vpa"] },
  secrets: {
    "external-secrets": ["external-secrets"],
    csi: ["secrets-store-csi-driver", "secrets-store-csi-driver-provider-aws"],
    both: ["external-secrets", "secrets-store-csi-driver", "secrets-store-csi-driver-provider-aws"],
  },
  ingress: { internal: ["aws-load-balancer-controller"], public: ["aws-load-balancer-controller"] },
  dns: { on: ["external-dns"] },
  certificates: { on: ["cert-manager"] },
  nginx: { on: ["ingress-nginx"] },
  prometheus: {
    on: ["prometheus-operator-crds", "kube-prometheus-stack"],
    grafana: ["prometheus-operator-crds", "kube-prometheus-stack"],
  },
  containerInsights: {
    on: ["addon amazon-cloudwatch-observability"],
    metrics: ["addon amazon-cloudwatch-observability"],
  },
  logShipper: { on: ["aws-for-fluent-bit"] },
  openTelemetry: { on: ["opentelemetry-operator"] },
  gitops: { on: ["argo-cd"], full: ["argo-cd", "argo-rollouts"] },
  identity: { spire: ["spire-crds", "spire"] },
  backup: { snapshots: ["velero"], files: ["velero"] },
  mesh: {
    sidecars: [...ISTIO, "cni"],
    gateway: [...ISTIO, "cni", "gateway"],
    "private-ca": [...ISTIO, "cni", "aws-privateca-issuer"],
    ambient: [...ISTIO, "cni", "ztunnel"],
  },
};

/** What a target with these positions installs, sorted. */
export function installedBy(row: Row): string[] {
  const names = Object.entries(row).flatMap(
    ([name, position]) => installs[name as keyof Row]?.[position] ?? [],
  );
  return [...ALWAYS, ...names].sort();
}
