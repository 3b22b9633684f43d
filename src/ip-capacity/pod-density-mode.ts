import type { InstanceType } from "../facts/instance-types";

/** How pods get their addresses. */
export const podDensityModes = [
  "secondary-ip",
  "prefix",
  "custom-networking",
  "cilium-eni",
  "cilium-eni-prefix",
  "overlay",
  "ipv6",
] as const;
export type PodDensityMode = (typeof podDensityModes)[number];

export function isPodDensityMode(text: string): text is PodDensityMode {
  return podDensityModes.some((mode) => mode === text);
}

/** Addresses of an IPv4 prefix on an ENI: a /28 (EC2 User Guide, "Prefix delegation for EC2 network interfaces"). */
export const ADDRESSES_PER_PREFIX = 16;

/**
 * Pods on the node's own network that kubelet counts although they use no pod address. EKS counts two, the CNI and
 * kube-proxy (aws/amazon-vpc-cni-k8s misc/eni-max-pods.txt). With Cilium the two are the agent and Envoy.
 */
export const DEFAULT_HOST_NETWORK_PODS = 2;

/**
 * Addresses Cilium takes on each node before any pod: one for the router (`cilium_host`), one for the health
 * endpoint. With Ingress, Gateway API or Envoy configuration on, a third for ingress.
 * Source: cilium/cilium daemon/cmd/ipam.go.
 */
export const CILIUM_ADDRESSES_PER_NODE = 2;

/** Pod CIDR of a node in Cilium's cluster-pool mode (Helm value `ipam.operator.clusterPoolIPv4MaskSize`). */
export const DEFAULT_NODE_MASK = 24;

/** Types above this many vCPUs get the higher cap. */
const LARGE_NODE_VCPU = 30;

/**
 * The most pods EKS recommends on a node: 110 up to 30 vCPUs, from Kubernetes' scalability thresholds, and 250
 * above, from EKS's own tests. A managed node group without an AMI of its own enforces it in every mode.
 * Source: EKS User Guide, "Choose an optimal Amazon EC2 node instance type"; max-pods-calculator.sh of
 * awslabs/amazon-eks-ami.
 */
export function recommendedCap(type: Pick<InstanceType, "vcpu">): 110 | 250 {
  return type.vcpu > LARGE_NODE_VCPU ? 250 : 110;
}

/**
 * What the EKS AMIs give kubelet when nobody sets it: ENIs x (addresses - 1) + 2, whatever the CNI does.
 * Source: awslabs/amazon-eks-ami nodeadm/internal/kubelet/eni_max_pods.go.
 */
export function amiDefaultMaxPods(type: Pick<InstanceType, "enis" | "ipv4PerEni">): number {
  return type.enis * (type.ipv4PerEni - 1) + 2;
}

/** Whether prefixes can be put on its ENIs: Nitro and bare metal only (EC2 User Guide, "Prefix delegation"). */
export function takesPrefixes(type: Pick<InstanceType, "hypervisor" | "bareMetal">): boolean {
  return type.hypervisor === "nitro" || type.bareMetal;
}

export function usesCilium(mode: PodDensityMode): boolean {
  return mode === "cilium-eni" || mode === "cilium-eni-prefix" || mode === "overlay";
}

/** Whether each pod takes an IPv4 address of a subnet. */
export function podsUseVpcIpv4(mode: PodDensityMode): boolean {
  return mode !== "overlay" && mode !== "ipv6";
}
