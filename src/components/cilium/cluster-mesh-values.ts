import type { ChartValues } from "../../modules/chart-values";
import { spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { isAtLeast } from "../../text/versions";

/** What makes a cluster one of several that Cilium joins. */
export interface ClusterMeshSettings {
  /** Number of the cluster, unique in the mesh: 1 to 255. */
  readonly clusterId: number;
  /** Replicas of clustermesh-apiserver. */
  readonly replicas: number;
  /** How a load balancer reaches them: by their own addresses, or by a port of the nodes where those are an overlay's. */
  readonly targetType: "ip" | "instance";
  readonly mcsApi: boolean;
  /** Cilium's names of the other clusters. */
  readonly peers: readonly string[];
}

/** Port of clustermesh-apiserver's etcd, which peers read. */
export const CLUSTER_MESH_PORT = 2379;
/** The same on nodes: the chart's default. */
export const CLUSTER_MESH_NODE_PORT = 32379;

/**
 * Whether the chart makes the ConfigMap of the peers' users though `clustermesh.config` is off, as it does before 1.19
 * (cilium/cilium, install/kubernetes/cilium/templates/clustermesh-apiserver/users-configmap.yaml, 1.18.11 and 1.19.6). Helm
 * refuses an object that another release has, so it is made in one place.
 */
export function makesRemoteUsers(version: string): boolean {
  return !isAtLeast(version, "1.19");
}

/**
 * Values of the cilium chart for Cluster Mesh. Neither certificates nor peers' addresses are among them: the chart comes before
 * cert-manager and before the peers, and takes both from Secrets that may come later, without a restart.
 */
export function clusterMeshValues(
  { clusterId, replicas, targetType, mcsApi, peers }: ClusterMeshSettings,
  version: string,
): ChartValues {
  return {
    cluster: { id: clusterId },
    clustermesh: {
      useAPIServer: true,
      config: {
        enabled: false,
        ...(makesRemoteUsers(version) && { clusters: [...peers].sort().map((name) => ({ name })) }),
      },
      // Default since 1.19: a policy that names no cluster means this one, and not the same labels in all of them.
      policyDefaultLocalCluster: true,
      ...(mcsApi && { mcsapi: { enabled: true } }),
      apiserver: {
        replicas,
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        tolerations: systemTolerations,
        topologySpreadConstraints: spreadOverZones({ "k8s-app": "clustermesh-apiserver" }),
        service:
          targetType === "ip"
            ? { type: "ClusterIP" }
            : { type: "NodePort", nodePort: CLUSTER_MESH_NODE_PORT },
        tls: { auto: { enabled: false }, enableSecrets: false, authMode: "cluster" },
      },
    },
  };
}
