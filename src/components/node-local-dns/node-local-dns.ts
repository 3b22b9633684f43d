import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ChartValues } from "../../modules/chart-values";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import type { Manifest } from "../../modules/manifest";
import { mirrored } from "../../modules/mirrored-image";

/** Link-local address of the cache on each node (kubernetes.io, "Using NodeLocal DNSCache"). */
export const NODE_LOCAL_DNS_ADDRESS = "169.254.20.10";

/** What network policies and Cilium find the cache's pods by. */
const LABELS = { "k8s-app": "node-local-dns" } as const;

/**
 * How lookups get to the cache: Cilium redirects them to the node's own pod, or the cache takes the address of the cluster's
 * DNS on each node, before kube-proxy's iptables rules see the packet.
 */
export type NodeLocalDnsPath =
  | { readonly kind: "cilium-redirect" }
  | {
      readonly kind: "iptables";
      /** Address of the service kube-dns. */
      readonly clusterDnsAddress: string;
    };

export interface NodeLocalDnsProps {
  readonly chart: ChartRef;
  readonly path: NodeLocalDnsPath;
  /** Whether CoreDNS has zones that other servers answer. */
  readonly stubZones: boolean;
  /** Registry prefix in place of the internet. */
  readonly imageMirror?: string;
  /** Nodes and CoreDNS, which the cache asks. */
  readonly dependsOn: ITerraformDependable[];
}

/** A DNS cache on each node, in front of CoreDNS. */
export class NodeLocalDns extends Construct {
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, { chart, dependsOn, ...props }: NodeLocalDnsProps) {
    super(scope, id);
    this.release = new HelmRelease(this, "node-local-dns", {
      chart,
      namespace: "kube-system",
      values: nodeLocalDnsValues(props),
      dependsOn,
    }).release;
    if (props.path.kind === "iptables") return;
    new ManifestRelease(this, "node-local-dns-redirect", {
      namespace: "kube-system",
      // After the pods: a redirect that leads nowhere would be taken for an answer. Its kind is there with Cilium's first agent.
      manifests: { "node-local-dns": localRedirect() },
      dependsOn: [this.release],
    });
  }
}

/** Values of the node-local-dns chart. */
export function nodeLocalDnsValues({
  path,
  stubZones,
  imageMirror,
}: Pick<NodeLocalDnsProps, "path" | "stubZones" | "imageMirror">): ChartValues {
  return {
    image: { repository: mirrored("registry.k8s.io/dns/k8s-dns-node-cache", imageMirror) },
    podLabels: LABELS,
    config: {
      localDns: NODE_LOCAL_DNS_ADDRESS,
      // The cache asks CoreDNS for names of the cluster alone, and the node's resolver, which knows no stub zone, for all others
      // (kubernetes/dns 1.26.7 cmd/node-cache/app/configmap.go puts the address of CoreDNS's service in this name's place).
      ...(stubZones && { upstreamServers: "__PILLAR__CLUSTER__DNS__" }),
      ...(path.kind === "iptables"
        ? { dnsServer: path.clusterDnsAddress, bindIp: true, setupIptables: true }
        : // A pod like others, with an address of its own: nothing of the node is touched.
          { bindIp: false, setupInterface: false, setupIptables: false, skipTeardown: true }),
    },
    // The chart's NET_ADMIN is for the interface and the rules.
    ...(path.kind === "cilium-redirect" && { securityContext: { capabilities: { add: [] } } }),
  };
}

/** Lookups for kube-dns go to the cache of the caller's node; where there is none ready, to CoreDNS as before. */
function localRedirect(): Manifest {
  const ports = [
    { port: "53", name: "dns", protocol: "UDP" },
    { port: "53", name: "dns-tcp", protocol: "TCP" },
  ];
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumLocalRedirectPolicy",
    metadata: { name: "node-local-dns", namespace: "kube-system" },
    spec: {
      redirectFrontend: { serviceMatcher: { serviceName: "kube-dns", namespace: "kube-system" } },
      redirectBackend: { localEndpointSelector: { matchLabels: LABELS }, toPorts: ports },
    },
  };
}
