import { CLUSTER_MESH_PORT } from "../../components/cilium/cluster-mesh-values";
import type { Manifest } from "../manifest";
import { CILIUM_NAMESPACE } from "./peer-certificates";

/** Another cluster of the mesh. */
export interface PeerCluster {
  /** Cilium's name of it. */
  readonly cluster: string;
  /** Host name of its load balancer. A token is allowed. */
  readonly address: string;
}

/** Users of this cluster's state: one for each peer. Cilium takes a changed list without a restart. */
export function remoteUsers(clusters: readonly string[]): Manifest {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "clustermesh-remote-users", namespace: CILIUM_NAMESPACE },
    data: {
      "users.yaml": [
        clusters.length === 0 ? "users: []" : "users:",
        ...[...clusters].sort().flatMap((name) => [`- name: remote-${name}`, "  role: remote"]),
        "",
      ].join("\n"),
    },
  };
}

/**
 * Where Cilium finds its peers: clustermesh-apiserver reads each peer's state and keeps a copy (KVStoreMesh), from which
 * the agents read. Both look into Secrets, though nothing in them is secret: addresses, and paths of certificates. They
 * are optional to Cilium and taken without a restart, so they come when the peers are there.
 */
export function peerEndpoints(peers: readonly PeerCluster[]): Record<string, Manifest> {
  const local = `https://clustermesh-apiserver.${CILIUM_NAMESPACE}.svc:${CLUSTER_MESH_PORT}`;
  return {
    agents: endpointSecret("cilium-clustermesh", peers, "local", () => local),
    copies: endpointSecret(
      "cilium-kvstoremesh",
      peers,
      "common",
      ({ address }) => `https://${address}:${CLUSTER_MESH_PORT}`,
    ),
  };
}

function endpointSecret(
  name: string,
  peers: readonly PeerCluster[],
  certificate: "local" | "common",
  endpoint: (peer: PeerCluster) => string,
): Manifest {
  const file = (suffix: string) => `/var/lib/cilium/clustermesh/${certificate}-etcd-client${suffix}`;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace: CILIUM_NAMESPACE },
    type: "Opaque",
    stringData: Object.fromEntries(
      peers.map((peer) => [
        peer.cluster,
        [
          "endpoints:",
          `- ${endpoint(peer)}`,
          `trusted-ca-file: ${file("-ca.crt")}`,
          `key-file: ${file(".key")}`,
          `cert-file: ${file(".crt")}`,
          "",
        ].join("\n"),
      ]),
    ),
  };
}
