import type { Component, InstalledComponent } from "./components";
import type { Install } from "./installing";
import { installKeda } from "./keda/install";
import { installMetricsServer } from "./metrics-server/install";
import { installVpa } from "./vpa/install";

/** What the class of its stack wires: it is there before there are nodes, or its parts need what only that stack reads. */
type WiredByStack =
  | "kubernetes"
  | "eks-pod-identity-agent"
  | "gateway-api"
  | "cilium"
  | "vpc-cni"
  | "kube-proxy"
  | "al2023"
  | "bottlerocket"
  | "coredns"
  | "node-local-dns"
  | "aws-ebs-csi-driver"
  | "karpenter"
  | "external-secrets"
  | "secrets-store-csi-driver"
  | "secrets-store-csi-driver-provider-aws"
  | "aws-load-balancer-controller"
  | "external-dns"
  | "cert-manager"
  | "ingress-nginx"
  | "prometheus-operator-crds"
  | "kube-prometheus-stack"
  | "amazon-cloudwatch-observability"
  | "aws-for-fluent-bit"
  | "opentelemetry-operator"
  | "argo-cd"
  | "argo-rollouts"
  | "aws-privateca-issuer"
  | "istio"
  | "spire-crds"
  | "spire"
  | "velero";

/** How each other component is installed. */
const installers: Readonly<Record<Exclude<InstalledComponent, WiredByStack>, Install>> = {
  "metrics-server": installMetricsServer,
  keda: installKeda,
  vpa: installVpa,
};

/** Undefined of what the class of its stack wires. */
export function installerOf(component: Component): Install | undefined {
  return (installers as Readonly<Partial<Record<Component, Install>>>)[component];
}
