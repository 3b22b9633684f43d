import type { ImageRegistryHost } from "../facts/image-registries";
import type { Component } from "../releases/components";
import type { TargetConfig } from "./schema/target";
import { usedComponents } from "./used-components";

/** Registries that the images of components come from, as their charts say. */
const REGISTRIES: Readonly<Partial<Record<Component, readonly ImageRegistryHost[]>>> = {
  cilium: ["quay.io"],
  "node-local-dns": ["registry.k8s.io"],
  karpenter: ["public.ecr.aws"],
  "metrics-server": ["registry.k8s.io"],
  keda: ["ghcr.io"],
  vpa: ["registry.k8s.io"],
  "aws-load-balancer-controller": ["public.ecr.aws"],
  "external-dns": ["registry.k8s.io"],
  "cert-manager": ["quay.io"],
  "ingress-nginx": ["registry.k8s.io"],
  istio: ["docker.io"],
  "aws-privateca-issuer": ["public.ecr.aws"],
  "external-secrets": ["ghcr.io"],
  "secrets-store-csi-driver": ["registry.k8s.io"],
  "secrets-store-csi-driver-provider-aws": ["public.ecr.aws"],
  "kube-prometheus-stack": ["docker.io", "ghcr.io", "quay.io", "registry.k8s.io"],
  "opentelemetry-operator": ["ghcr.io", "quay.io"],
  "aws-for-fluent-bit": ["public.ecr.aws"],
  "argo-cd": ["ecr-public.aws.com", "quay.io"],
  "argo-rollouts": ["ghcr.io", "quay.io"],
  velero: ["docker.io", "registry.k8s.io"],
  spire: ["cgr.dev", "docker.io", "ghcr.io", "registry.k8s.io"],
};

/** Public registries that a target's own releases pull from, and the components that do. None where there is a mirror. */
export function publicRegistries(config: TargetConfig): ReadonlyMap<ImageRegistryHost, readonly string[]> {
  const found = new Map<ImageRegistryHost, string[]>();
  if (config.images !== undefined) return found;
  const add = (component: string, hosts: readonly ImageRegistryHost[]) =>
    hosts.forEach((host) => found.set(host, [...(found.get(host) ?? []), component]));
  usedComponents(config).forEach((component) => add(component, REGISTRIES[component] ?? []));
  // SPIRE of Cilium's mutual authentication.
  if (config.identity?.kind === "cilium") add("cilium's SPIRE", ["docker.io", "ghcr.io"]);
  return found;
}
