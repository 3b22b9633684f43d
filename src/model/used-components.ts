import { type Component, components, type InstalledComponent, isInstalled } from "../releases/components";
import { istioOf } from "./mesh";
import type { TargetConfig } from "../config/schema/target";
import { gatewayApiKey } from "./traffic";

type Uses = (config: TargetConfig) => boolean;

const usesVpcCni: Uses = ({ cni }) => cni.kind === "vpc-cni" || cni.kind === "cilium-chaining";
const usesImage =
  (image: "al2023" | "bottlerocket"): Uses =>
  ({ nodes, karpenter }) =>
    [...Object.values(nodes), ...Object.values(karpenter?.classes ?? {})].some(({ ami }) => ami === image);
const mountsSecrets: Uses = ({ secrets }) => secrets !== undefined && secrets.delivery !== "external-secrets";

/** When a target installs a component. */
const uses: Readonly<Record<InstalledComponent, Uses>> = {
  kubernetes: () => true,
  coredns: () => true,
  "aws-ebs-csi-driver": () => true,
  "eks-pod-identity-agent": () => true,
  "vpc-cni": usesVpcCni,
  "kube-proxy": usesVpcCni,
  al2023: usesImage("al2023"),
  bottlerocket: usesImage("bottlerocket"),
  cilium: ({ cni }) => cni.kind !== "vpc-cni",
  "node-local-dns": ({ network }) => network.dns.nodeLocalCache,
  "gateway-api": (config) => gatewayApiKey(config) !== undefined,
  karpenter: ({ karpenter }) => karpenter !== undefined,
  "metrics-server": ({ metricsServer }) => metricsServer !== undefined,
  keda: ({ keda }) => keda !== undefined,
  vpa: ({ verticalPodAutoscaler }) => verticalPodAutoscaler !== undefined,
  "aws-load-balancer-controller": ({ ingress }) => ingress !== undefined,
  "external-dns": ({ ingress }) => ingress?.dns !== undefined,
  "cert-manager": ({ ingress }) => ingress?.certificates !== undefined,
  "ingress-nginx": ({ ingress }) => ingress?.nginx !== undefined,
  istio: ({ mesh }) => istioOf(mesh) !== undefined,
  "aws-privateca-issuer": ({ mesh }) => mesh?.certificateAuthority?.kind === "aws-private-ca",
  "external-secrets": ({ secrets }) => secrets !== undefined && secrets.delivery !== "csi",
  "secrets-store-csi-driver": mountsSecrets,
  "secrets-store-csi-driver-provider-aws": mountsSecrets,
  "prometheus-operator-crds": ({ observability }) => observability?.prometheus !== undefined,
  "kube-prometheus-stack": ({ observability }) => observability?.prometheus !== undefined,
  "opentelemetry-operator": ({ observability }) => observability?.openTelemetry !== undefined,
  "amazon-cloudwatch-observability": ({ observability }) => observability?.containerInsights !== undefined,
  "aws-for-fluent-bit": ({ observability }) => observability?.logShipper !== undefined,
  "argo-cd": ({ gitops }) => gitops !== undefined,
  "argo-rollouts": ({ gitops }) => gitops?.rollouts === true,
  velero: ({ backup }) => backup !== undefined,
  "spire-crds": ({ identity }) => identity?.kind === "spire",
  spire: ({ identity }) => identity?.kind === "spire",
};

export function installs(component: Component, config: TargetConfig): boolean {
  return isInstalled(component) && uses[component](config);
}

/** Whether a target may have them all: what does not fit with something that it does not install is no matter. */
export function mayHaveAll(parts: readonly Component[], config: TargetConfig): boolean {
  return parts.every((each) => installs(each, config));
}

/** Components of the release that a target installs, in order of what is there first. */
export function usedComponents(config: TargetConfig): Component[] {
  return components.filter((component) => installs(component, config));
}
