import { CILIUM_SPIRE_NAMESPACE } from "./record";
import { type ChartValues, mergeValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { physicalName } from "../../modules/physical-names";
import { systemTolerations } from "../../modules/platform-pods";
import { ciliumImages } from "./cilium-images";
import { isAtLeast } from "../../text/versions";
import { type ClusterMeshSettings, clusterMeshValues } from "./cluster-mesh-values";

export interface HubbleOptions {
  readonly relay: boolean;
  readonly ui: boolean;
  readonly metrics: readonly string[];
}

/** How Cilium gives pods their addresses. */
export type CiliumMode =
  | {
      readonly kind: "eni";
      readonly vpcCidr: string;
      readonly prefixDelegation: boolean;
      /**
       * Tag of the subnets that pods get addresses from. Without one the operator takes any subnet of the zone once the
       * node's own runs low, public ones too (cilium/cilium v1.19.6 pkg/aws/eni/node.go, findSuitableSubnet).
       */
      readonly podSubnetTag: { readonly key: string; readonly value: string };
      /** Pods are apart from nodes: the node's first interface, in the nodes' subnet, holds none. */
      readonly ownPodSubnets: boolean;
    }
  | {
      readonly kind: "overlay";
      readonly podCidr: string;
      readonly nodeMask: number;
      readonly tunnel: "geneve" | "vxlan";
    }
  | { readonly kind: "chaining"; readonly vpcCidr: string };

export interface CiliumProps {
  /** Exact chart version, for example `1.19.6`. */
  readonly version: string;
  readonly clusterName: string;
  /** Host of the API server, without scheme. Cilium replaces kube-proxy, so no service address leads there yet. */
  readonly apiServerHost: string;
  readonly mode: CiliumMode;
  readonly encryption: "none" | "wireguard";
  readonly hubble: HubbleOptions;
  /** How Istio leads the traffic of pods beside Cilium; left out: no Istio. */
  readonly istio?: "sidecar" | "ambient";
  /** Cilium answers to Gateways; the definitions must be there before its operator starts. Not with chaining. @default false */
  readonly gatewayApi?: boolean;
  /** Nodes tell routes to routers by BGP; `services`: Cilium gives addresses to Services of its class. */
  readonly bgp?: { readonly services: boolean };
  /** Chosen pods leave by chosen nodes. Only with an overlay, which masquerades by eBPF. */
  readonly egressGateway?: boolean;
  /** Metrics of the agent, and the dashboards of agent, operator and Hubble for Grafana. */
  readonly monitored?: boolean;
  /** Mutual authentication; left out, there is none. */
  readonly mutual?: {
    readonly trustDomain: string;
    /** Encrypts the volume of its SPIRE server. */
    readonly volumesKeyArn: string;
  };
  /** Lookups are redirected to a cache on each node. @default false */
  readonly nodeLocalDns?: boolean;
  /** One of several clusters that Cilium joins; left out: it is alone. */
  readonly clusterMesh?: ClusterMeshSettings;
  /** Registry prefix in place of the internet. */
  readonly imageMirror?: string;
}

/** ConfigMap of Cilium 1.18 that holds the CNI configuration with the pods' subnets. */
export const CNI_CONFIG_MAP = { name: "cilium-cni-configuration", key: "cni-config" } as const;

/**
 * Where the operator may run: pods have no address before it, so a taint that keeps it off every node keeps the cluster from
 * coming up. The chart's own list, which this replaces, has neither the system pool's taint nor Istio's; it appends Cilium's
 * (cilium/cilium, install/kubernetes/cilium/values.yaml, 1.18.11 and 1.19.6).
 */
const operatorTolerations = [
  ...systemTolerations,
  { key: "node.kubernetes.io/not-ready", operator: "Exists" },
  { key: "node.cloudprovider.kubernetes.io/uninitialized", operator: "Exists" },
];

/** Values of the cilium chart. */
export function ciliumValues(props: CiliumProps): ChartValues {
  const { version, clusterName, mode, encryption, hubble, istio, clusterMesh, imageMirror } = props;
  const common: ChartValues = {
    cluster: { name: physicalName("ciliumCluster", clusterName) },
    // Two on different nodes: with one, a lost node stops address allocation everywhere.
    operator: { replicas: 2, tolerations: operatorTolerations },
    certgen: { tolerations: systemTolerations },
    encryption: encryption === "wireguard" ? { enabled: true, type: "wireguard" } : { enabled: false },
    hubble: {
      enabled: true,
      relay: { enabled: hubble.relay, tolerations: systemTolerations },
      ui: { enabled: hubble.ui, tolerations: systemTolerations },
      metrics: { enabled: hubble.metrics, enableOpenMetrics: true },
      // 1.18 renders cronJob's Jobs as hooks, and Helm waits for hooks even with wait off: there is no node to run
      // them. From 1.19 on they are plain Jobs (cilium/cilium#28167 and #40381).
      tls: { auto: { method: isAtLeast(version, "1.19") ? "cronJob" : "helm" } },
    },
  };
  return [
    modeValues(props, mode),
    props.monitored ? monitoredValues : {},
    routingValues(props),
    props.nodeLocalDns ? { localRedirectPolicies: { enabled: true } } : {},
    mutualAuthentication(props),
    istio ? besideIstio(istio) : {},
    clusterMesh ? clusterMeshValues(clusterMesh, version) : {},
    imageMirror ? ciliumImages(imageMirror, clusterMesh !== undefined) : {},
  ].reduce(mergeValues, common);
}

function routingValues({ bgp, egressGateway }: CiliumProps): ChartValues {
  return {
    // Services without a class are left alone: another controller answers for them.
    ...(bgp && {
      bgpControlPlane: { enabled: true },
      ...(bgp.services && { defaultLBServiceIPAM: "none" }),
    }),
    ...(egressGateway && { egressGateway: { enabled: true } }),
  };
}

/** ConfigMaps and ports only: monitors are Prometheus's own, whose kinds are not there yet when Cilium is installed. */
const monitoredValues: ChartValues = {
  prometheus: { enabled: true },
  dashboards: { enabled: true },
  operator: { prometheus: { enabled: true }, dashboards: { enabled: true } },
  hubble: { metrics: { dashboards: { enabled: true } } },
};

/** Storage class of the SPIRE server that Cilium's chart brings. */
export const SPIRE_STORAGE_CLASS = "cilium-spire";

/** Mutual authentication with the SPIRE that Cilium's chart brings, for policies that ask for it. */
function mutualAuthentication({ mutual, imageMirror: mirror }: CiliumProps): ChartValues {
  if (mutual === undefined) return {};
  const { trustDomain } = mutual;
  const image = (name: string) =>
    mirror === undefined ? {} : { image: { repository: mirrored(`ghcr.io/spiffe/${name}`, mirror) } };
  const tolerations = [{ operator: "Exists" }];
  return {
    authentication: {
      enabled: true,
      mutual: {
        spire: {
          enabled: true,
          trustDomain,
          install: {
            enabled: true,
            namespace: CILIUM_SPIRE_NAMESPACE,
            // CA and registered identities outlive the pod. Its claim waits for nodes and the driver, and nobody waits for
            // the server: operator and agent ask it again (operator/auth/spire/client.go, pkg/auth/spire/delegate.go).
            server: {
              ...image("spire-server"),
              dataStorage: { enabled: true, size: "1Gi", storageClass: SPIRE_STORAGE_CLASS },
              tolerations,
            },
            agent: { ...image("spire-agent"), tolerations },
            ...(mirror !== undefined && {
              initImage: { repository: mirrored("docker.io/library/busybox", mirror) },
            }),
          },
        },
      },
    },
  };
}

/** What Istio asks of Cilium (Cilium, "Integration with Istio"; Istio, "Ambient platform prerequisites"). */
function besideIstio(dataPlane: "sidecar" | "ambient"): ChartValues {
  return {
    // Cilium would remove the configuration of Istio's plugin.
    cni: { exclusive: false },
    // In the pods' own namespaces the proxy has to see the service's address.
    socketLB: { hostNamespaceOnly: true },
    // Istio gives the kubelet's probes a link-local source. Routed by eBPF, the answers never reach the node's own tables, which
    // give the address back, and are dropped (cilium/cilium#36022, istio/istio#52208).
    ...(dataPlane === "ambient" && { bpf: { hostLegacyRouting: true } }),
  };
}

function modeValues(props: CiliumProps, mode: CiliumMode): ChartValues {
  switch (mode.kind) {
    case "eni":
      return { ...kubeProxyReplacement(props), ...gatewayValues(props), ...eniValues(props, mode) };
    case "overlay":
      return { ...kubeProxyReplacement(props), ...gatewayValues(props), ...overlayValues(mode) };
    case "chaining":
      return chainingValues(mode);
  }
}

function kubeProxyReplacement({ apiServerHost }: CiliumProps): ChartValues {
  return { kubeProxyReplacement: "true", k8sServiceHost: apiServerHost, k8sServicePort: "443" };
}

function gatewayValues({ gatewayApi }: CiliumProps): ChartValues {
  if (!gatewayApi) return {};
  // Text, and not auto: that makes no class where Helm has not yet seen the kind.
  return { gatewayAPI: { enabled: true, gatewayClass: { create: "true" } }, l7Proxy: true };
}

function eniValues(
  { version, clusterName }: CiliumProps,
  mode: Extract<CiliumMode, { kind: "eni" }>,
): ChartValues {
  const { podSubnetTag: tag, ownPodSubnets } = mode;
  const hasConfigMap = cniConfigurationFor(mode, version) !== undefined;
  return {
    ipam: { mode: "eni" },
    routingMode: "native",
    ipv4NativeRoutingCIDR: mode.vpcCidr,
    // Pods leave by NAT like nodes, under their own addresses; Cilium's default since 1.18, written out.
    enableIPv4Masquerade: false,
    eni: {
      enabled: true,
      awsEnablePrefixDelegation: mode.prefixDelegation,
      awsReleaseExcessIPs: true,
      eniTags: { "octarine/cluster": clusterName },
      gcTags: { "octarine/cluster": clusterName },
      gcInterval: "5m",
      ...(!hasConfigMap && {
        nodeSpec: {
          subnetTags: [`${tag.key}=${tag.value}`],
          ...(ownPodSubnets && { firstInterfaceIndex: 1 }),
        },
      }),
    },
    ...(hasConfigMap && {
      cni: { customConf: true, configMap: CNI_CONFIG_MAP.name, configMapKey: CNI_CONFIG_MAP.key },
    }),
  };
}

/**
 * What the ConfigMap of the CNI configuration holds; undefined: none is needed. 1.18 has no key for the pods' subnets:
 * `eni.subnetTagsFilter` filters instances too, and loses nodes of other subnets (cilium/cilium#26649).
 */
export function cniConfigurationFor(mode: CiliumMode, version: string): string | undefined {
  if (mode.kind !== "eni" || isAtLeast(version, "1.19")) return undefined;
  return eniCniConfiguration(mode);
}

/** CNI configuration that takes pods' addresses from tagged subnets (Cilium 1.18). */
function eniCniConfiguration({
  podSubnetTag: tag,
  ownPodSubnets,
}: Extract<CiliumMode, { kind: "eni" }>): string {
  return JSON.stringify({
    cniVersion: "0.3.1",
    name: "cilium",
    plugins: [
      {
        cniVersion: "0.3.1",
        type: "cilium-cni",
        eni: {
          "subnet-tags": { [tag.key]: tag.value },
          ...(ownPodSubnets && { "first-interface-index": 1 }),
        },
      },
    ],
  });
}

function overlayValues({ podCidr, nodeMask, tunnel }: Extract<CiliumMode, { kind: "overlay" }>): ChartValues {
  return {
    ipam: {
      mode: "cluster-pool",
      operator: { clusterPoolIPv4PodCIDRList: [podCidr], clusterPoolIPv4MaskSize: nodeMask },
    },
    routingMode: "tunnel",
    tunnelProtocol: tunnel,
    enableIPv4Masquerade: true,
    bpf: { masquerade: true },
    // Geneve can carry the client's address to the backend, which then answers directly.
    ...(tunnel === "geneve" && { loadBalancer: { mode: "dsr", dsrDispatch: "geneve" } }),
  };
}

function chainingValues({ vpcCidr }: Extract<CiliumMode, { kind: "chaining" }>): ChartValues {
  return {
    cni: { chainingMode: "aws-cni", exclusive: false, enableRouteMTUForCNIChaining: true },
    kubeProxyReplacement: "false",
    routingMode: "native",
    ipv4NativeRoutingCIDR: vpcCidr,
    enableIPv4Masquerade: false,
    endpointRoutes: { enabled: true },
    // Pods that started before Cilium are not its own until they are restarted.
    operator: { unmanagedPodWatcher: { restart: true } },
  };
}
