// Made by npm run docs from the list of components and their folders.
import { installContainerInsights } from "./amazon-cloudwatch-observability/install";
import { installArgoCd } from "./argo-cd/install";
import { installArgoRollouts } from "./argo-rollouts/install";
import { installEbsCsi } from "./aws-ebs-csi-driver/install";
import { installFluentBit } from "./aws-for-fluent-bit/install";
import { installLoadBalancerController } from "./aws-load-balancer-controller/install";
import { installCertManager } from "./cert-manager/install";
import { installCilium } from "./cilium/install";
import { installCoreDns } from "./coredns/install";
import { installPodIdentityAgent } from "./eks-pod-identity-agent/install";
import { installExternalDns } from "./external-dns/install";
import { installExternalSecrets } from "./external-secrets/install";
import { installGatewayApi } from "./gateway-api/install";
import { installNginx } from "./ingress-nginx/install";
import { installIstio } from "./istio/install";
import { installKarpenter } from "./karpenter/install";
import { installKeda } from "./keda/install";
import { installPrometheus } from "./kube-prometheus-stack/install";
import { installKubeProxy } from "./kube-proxy/install";
import { installMetricsServer } from "./metrics-server/install";
import { installNodeLocalDns } from "./node-local-dns/install";
import { installOpenTelemetry } from "./opentelemetry-operator/install";
import { installSecretsStoreCsi } from "./secrets-store-csi-driver/install";
import { installSpire } from "./spire/install";
import { installVelero } from "./velero/install";
import { installVpa } from "./vpa/install";
import { installVpcCni } from "./vpc-cni/install";
import type { Component, ComponentWithInstaller } from "./components";
import type { Install } from "./installing";

/** How each component is installed. Its stack does, in order of the list of components. */
const installers = {
  "eks-pod-identity-agent": installPodIdentityAgent,
  "gateway-api": installGatewayApi,
  "vpc-cni": installVpcCni,
  "kube-proxy": installKubeProxy,
  cilium: installCilium,
  coredns: installCoreDns,
  "node-local-dns": installNodeLocalDns,
  "aws-ebs-csi-driver": installEbsCsi,
  karpenter: installKarpenter,
  "metrics-server": installMetricsServer,
  keda: installKeda,
  vpa: installVpa,
  "external-secrets": installExternalSecrets,
  "secrets-store-csi-driver": installSecretsStoreCsi,
  "aws-load-balancer-controller": installLoadBalancerController,
  "external-dns": installExternalDns,
  "cert-manager": installCertManager,
  "ingress-nginx": installNginx,
  "kube-prometheus-stack": installPrometheus,
  "amazon-cloudwatch-observability": installContainerInsights,
  "aws-for-fluent-bit": installFluentBit,
  "opentelemetry-operator": installOpenTelemetry,
  "argo-cd": installArgoCd,
  "argo-rollouts": installArgoRollouts,
  istio: installIstio,
  spire: installSpire,
  velero: installVelero,
} satisfies Readonly<Record<ComponentWithInstaller, Install>>;

/** What became of a stack's components, by their names. */
export type Installations = {
  readonly [Name in keyof typeof installers]?: NonNullable<ReturnType<(typeof installers)[Name]>>;
};

/** Undefined for what has no installer of its own: images, and what another component's installer brings along. */
export function installerOf(component: Component): Install | undefined {
  return (installers as Readonly<Partial<Record<Component, Install>>>)[component];
}
