import type { Manifest } from "../../modules/manifest";

export interface BgpSettings {
  readonly asn: number;
  /** Labels of the nodes that speak. Left out: all. */
  readonly nodes?: Readonly<Record<string, string>>;
  readonly peers: Readonly<Record<string, BgpPeer>>;
  readonly pods: boolean;
  /** Ranges, `198.18.0.0/24`, of Services of the class that BGP answers for. */
  readonly services: readonly string[];
}

export interface BgpPeer {
  readonly address: string;
  readonly asn: number;
  readonly multihop: number;
  /** Secret of kube-system with the key `password`. */
  readonly passwordSecret?: string;
}

/** What ties peers to the one advertisement of the platform. */
const ADVERTISED = { "octarine/advertise": "platform" } as const;

/** Label that takes a Service out of what is told. */
const SERVICE_LABEL = "octarine/bgp";

/** Cilium's BGP control plane: who speaks to whom, and what is told (cilium.io/v2). */
export function bgpManifests(settings: BgpSettings): Record<string, Manifest> {
  const { asn, nodes, peers, pods, services } = settings;
  const cilium = { apiVersion: "cilium.io/v2" };
  return {
    cluster: {
      ...cilium,
      kind: "CiliumBGPClusterConfig",
      metadata: { name: "octarine" },
      spec: {
        ...(nodes && { nodeSelector: { matchLabels: { ...nodes } } }),
        bgpInstances: [
          {
            name: "octarine",
            localASN: asn,
            peers: Object.entries(peers).map(([name, peer]) => ({
              name,
              peerASN: peer.asn,
              peerAddress: peer.address,
              peerConfigRef: { name: `octarine-${name}` },
            })),
          },
        ],
      },
    },
    ...Object.fromEntries(
      Object.entries(peers).map(([name, peer]) => [
        `peer-${name}`,
        { ...cilium, ...peerConfig(name, asn, peer) },
      ]),
    ),
    advertisement: {
      ...cilium,
      kind: "CiliumBGPAdvertisement",
      metadata: { name: "octarine", labels: ADVERTISED },
      spec: {
        advertisements: [
          ...(pods ? [{ advertisementType: "PodCIDR" }] : []),
          ...(services.length > 0
            ? [
                {
                  advertisementType: "Service",
                  service: { addresses: ["LoadBalancerIP"] },
                  // A Service is told only where a selector takes it: all, but those that opt out.
                  selector: {
                    matchExpressions: [{ key: SERVICE_LABEL, operator: "NotIn", values: ["off"] }],
                  },
                },
              ]
            : []),
        ],
      },
    },
    ...(services.length > 0 && {
      addresses: {
        ...cilium,
        kind: "CiliumLoadBalancerIPPool",
        metadata: { name: "octarine" },
        spec: { blocks: services.map((range) => ({ cidr: range })) },
      },
    }),
  };
}

function peerConfig(name: string, localAsn: number, { asn, multihop, passwordSecret }: BgpPeer) {
  return {
    kind: "CiliumBGPPeerConfig",
    metadata: { name: `octarine-${name}` },
    spec: {
      ...(passwordSecret !== undefined && { authSecretRef: passwordSecret }),
      // Only between autonomous systems; within one there is no limit of hops.
      ...(asn !== localAsn && { ebgpMultihop: multihop }),
      // Routes stay while an agent restarts, as its datapath does.
      gracefulRestart: { enabled: true, restartTimeSeconds: 120 },
      families: [{ afi: "ipv4", safi: "unicast", advertisements: { matchLabels: ADVERTISED } }],
    },
  };
}
