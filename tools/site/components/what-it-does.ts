import type { InstalledComponent } from "../../../src/components/components";

/** What each component is for, in a sentence for those who have never heard of it. */
export const whatItDoes: Readonly<Record<InstalledComponent, string>> = {
  kubernetes: "The control plane of EKS, with its keys, logs, access entries and security groups.",
  "eks-pod-identity-agent":
    "Gives pods the AWS roles that EKS Pod Identity associates with their service accounts.",
  "gateway-api": "Definitions of the Gateway API: Gateway, HTTPRoute, GRPCRoute and their like.",
  "vpc-cni": "Amazon's network plugin: gives pods addresses of the VPC.",
  "kube-proxy": "Forwards the addresses of Services on each node, where Cilium does not.",
  cilium: "Network plugin with eBPF: addresses, network policy, encryption, and Hubble, which shows flows.",
  al2023: "Amazon Linux 2023, the image of nodes.",
  bottlerocket: "Bottlerocket, an image of nodes made for containers alone.",
  coredns: "DNS of the cluster.",
  "node-local-dns": "A cache of DNS on each node.",
  "aws-ebs-csi-driver": "Volumes of EBS for pods.",
  karpenter: "Makes nodes for pods that wait, and takes away those that are not needed.",
  "metrics-server": "CPU and memory of pods and nodes, for `kubectl top` and autoscalers.",
  keda: "Scales workloads by events, such as the length of a queue, down to none.",
  vpa: "Sets what pods request by what they use.",
  "external-secrets": "Copies secrets from AWS into Kubernetes Secrets, and keeps them up to date.",
  "secrets-store-csi-driver": "Mounts secrets into pods as files.",
  "secrets-store-csi-driver-provider-aws":
    "Reads what the Secrets Store CSI driver mounts from Secrets Manager and Parameter Store.",
  "aws-load-balancer-controller": "Makes AWS load balancers for Ingresses, Services and Gateways.",
  "external-dns": "Writes the names of gateways and Ingresses into Route 53.",
  "cert-manager": "Issues and renews certificates.",
  "ingress-nginx": "An Ingress controller in the cluster, for those who bring Ingresses that need it.",
  "prometheus-operator-crds":
    "Definitions of the Prometheus operator, there before anything that has a monitor.",
  "kube-prometheus-stack": "Prometheus, Alertmanager and Grafana, with rules and dashboards.",
  "amazon-cloudwatch-observability": "CloudWatch Container Insights.",
  "aws-for-fluent-bit": "Sends logs of containers to CloudWatch.",
  "opentelemetry-operator": "Runs collectors of OpenTelemetry, which send traces on.",
  "argo-cd": "Deploys what is in Git.",
  "argo-rollouts": "Replaces pods step by step: canary and blue-green.",
  "aws-privateca-issuer": "Lets cert-manager sign by AWS Private CA.",
  istio: "Service mesh: mutual TLS, authorization and routing, by sidecars or in ambient mode.",
  "spire-crds": "Definitions of SPIRE's controller.",
  spire: "Gives workloads identities by SPIFFE, each with a certificate that is renewed.",
  velero: "Backs up objects and volumes, and restores them.",
};
