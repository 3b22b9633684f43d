import type { Component } from "../../components/components";
import { pinOf } from "../pins";
import type { Release } from "../release";
import { inRange } from "../../text/versions";

/** The settings of a target that decide whether versions fit. Pure data, so that config and mesh can both fill it. */
export interface FitSettings {
  readonly cni: "cilium-eni" | "cilium-overlay" | "cilium-chaining" | "vpc-cni";
  /** The cluster's family is IPv6. */
  readonly ipv6?: boolean;
  /** The VPC CNI's network policy agent. */
  readonly networkPolicyAgent: boolean;
  /** Cilium's ENIs get prefixes. */
  readonly ciliumPrefixes?: boolean;
  /** Left out: no Istio. */
  readonly istio?: {
    readonly dataPlane: "sidecar" | "ambient";
    /** A patch puts istiod on the host network; no chart value does. */
    readonly istiodOnHostNetwork?: boolean;
  };
  /** Cilium's values that Istio depends on; left out: Cilium's defaults. */
  readonly cilium?: {
    readonly exclusive?: boolean;
    readonly socketLbHostNamespaceOnly?: boolean;
    readonly bpfMasquerade?: boolean;
    /** Answers to the node go through its own routing tables. */
    readonly hostLegacyRouting?: boolean;
  };
  /** Gateways of the AWS Load Balancer Controller. */
  readonly awsGateways?: boolean;
}

/** A combination of versions and settings that does not work. */
export interface SettingRule {
  readonly id: string;
  /** The component whose version decides, where one does. */
  readonly about?: Component;
  /** The setting that is to blame. @default ["cni"] */
  readonly setting?: readonly string[];
  /** warn: it works until something else fails. @default refuse */
  readonly level?: "refuse" | "warn";
  readonly breaks: (settings: FitSettings, release: Release) => boolean;
  readonly says: string;
  readonly remedy: string;
  readonly source: string;
  readonly sourceDate: string;
}

const CHARTS = { sourceDate: "2026-08" } as const;
const ciliumIstio = { source: "Cilium, Integration with Istio", ...CHARTS };

const besideCilium = ({ cni, istio }: FitSettings) => istio !== undefined && cni !== "vpc-cni";
const replacesKubeProxy = ({ cni }: FitSettings) => cni === "cilium-eni" || cni === "cilium-overlay";

/** Before cilium/cilium PR 48193 and its backports 48607 (1.18), 48604 (1.19) and 48418 (1.20). */
const CILIUM_WITHOUT_FALLBACK = ["<1.18.14", ">=1.19 <1.19.8", ">=1.20 <1.20.2"];

export const settingRules: readonly SettingRule[] = [
  {
    id: "istio-cni-exclusive",
    // Chaining behind the VPC CNI already shares the CNI folder.
    breaks: (settings) => besideCilium(settings) && settings.cilium?.exclusive !== false,
    says: "Cilium removes Istio's CNI plugin, since it owns the CNI folder alone",
    remedy: "set cni.exclusive: false in Cilium's values",
    ...ciliumIstio,
  },
  {
    id: "istio-socket-lb",
    breaks: (settings) =>
      besideCilium(settings) &&
      replacesKubeProxy(settings) &&
      settings.cilium?.socketLbHostNamespaceOnly !== true,
    says: "Cilium's socket load balancing picks the backend before Istio's proxy sees the service address",
    remedy: "set socketLB.hostNamespaceOnly: true in Cilium's values",
    ...ciliumIstio,
  },
  {
    id: "istio-ambient-masquerade",
    breaks: (settings) =>
      besideCilium(settings) &&
      settings.istio?.dataPlane === "ambient" &&
      settings.cilium?.bpfMasquerade === true,
    says: "ambient mode marks kubelet's probes by a link-local source that BPF masquerading rewrites",
    remedy: "write cni.kind: cilium-eni; an overlay masquerades this way",
    source: "Istio, ambient platform prerequisites, Cilium",
    ...CHARTS,
  },
  {
    id: "istio-ambient-host-routing",
    // Behind the VPC CNI the chart of Cilium routes so by itself.
    breaks: (settings) =>
      replacesKubeProxy(settings) &&
      settings.istio?.dataPlane === "ambient" &&
      settings.cilium?.hostLegacyRouting !== true,
    says: "ambient mode marks kubelet's probes by a link-local source, and Cilium's eBPF host routing drops the answers to it",
    remedy: "set bpf.hostLegacyRouting: true in Cilium's values, or use sidecars",
    source: "cilium/cilium#36022, istio/istio#52208",
    sourceDate: "2026-07-18",
  },
  {
    id: "istio-overlay-webhook",
    breaks: ({ cni, istio }) =>
      cni === "cilium-overlay" && istio?.dataPlane === "sidecar" && istio.istiodOnHostNetwork !== true,
    says: "the EKS control plane has no route to pod addresses of an overlay, so istiod's injection webhook can't be called",
    remedy: "use cni.kind: cilium-eni, or put istiod on the host network by a patch",
    source: "istio/istio charts 1.27 to 1.30 have no key for the host network",
    ...CHARTS,
  },
  {
    id: "aws-gateways-bundle",
    about: "gateway-api",
    setting: ["traffic", "implementation"],
    breaks: ({ awsGateways }, { gatewayApi }) =>
      awsGateways === true && !inRange(gatewayApi.version, ">=1.6"),
    says: "gateways of the AWS Load Balancer Controller 3.5 need the Gateway API bundle v1.6, which Cilium and Istio of this release do not support",
    remedy: "use Istio's or Cilium's gateway, or an ALB by Ingress",
    source: "kubernetes-sigs/aws-load-balancer-controller v3.5.0, go.mod: gateway-api v1.6.0",
    ...CHARTS,
  },
  {
    id: "cilium-prefix-fallback",
    about: "cilium",
    level: "warn",
    breaks: ({ ciliumPrefixes }, release) =>
      ciliumPrefixes === true &&
      CILIUM_WITHOUT_FALLBACK.some((range) => inRange(release.charts.cilium.version, range)),
    says: "where a subnet has no whole /28 block left, it asks for more single addresses than an interface takes, and the node gets none; a node that gets some never returns to prefixes (cilium/cilium#46644)",
    remedy: "use Cilium 1.18.14, 1.19.8, 1.20.2 or later, and keep network.subnets.*.reservePrefixes",
    source: "cilium/cilium PR 48193, release notes of v1.18.14, v1.19.8 and v1.20.2",
    sourceDate: "2026-09-16",
  },
  {
    id: "vpc-cni-network-policy",
    about: "vpc-cni",
    breaks: ({ networkPolicyAgent }, release) =>
      networkPolicyAgent && inRange(pinOf(release, "vpc-cni").version, ">=1.14.0 <1.22.4"),
    says: "the network policy agent of this VPC CNI can apply a policy to the wrong pod",
    remedy: "use vpc-cni v1.22.4 or later, or cni.networkPolicy: false with another engine",
    source: "AWS Security Bulletin 2026-113, CVE-2026-86831",
    sourceDate: "2026-09-16",
  },
];
