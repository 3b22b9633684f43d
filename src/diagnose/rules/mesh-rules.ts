import { type Rule, type Said, saidRule } from "../rule";

const ISTIO = "istio/istio 1.27.9 pkg/kube/multicluster";
const CILIUM = "cilium/cilium v1.18.11";

const meshSaid: readonly Said[] = [
  {
    cause: "mesh-not-federated",
    says: /remote cluster (\S+) failed to sync|create remote cluster failed/,
    certainty: "sure",
    from: `${ISTIO}/cluster.go, secretcontroller.go`,
    detail: (found) => found[1],
  },
  {
    cause: "mesh-not-federated",
    says: /TLS[_ ]error:.*CERTIFICATE_VERIFY_FAILED/,
    certainty: "likely",
    from: "envoyproxy/envoy source/common/tls/ssl_socket.cc",
    detail: () => "clusters don't trust each other's CA",
  },
  {
    cause: "mesh-not-federated",
    says: /^(\S+) +\S+\/istio-remote-secret-\S+ +(?:timeout|syncing|closed)/,
    certainty: "likely",
    from: "istio/istio 1.27.9 istioctl/pkg/multicluster/remote_clusters.go",
    detail: (found) => found[1],
  },
  {
    cause: "mesh-not-federated",
    says: /ClusterMesh:\s+(?!(\d+)\/\1 )\d+\/[1-9]\d* (?:remote )?clusters ready/,
    certainty: "sure",
    from: `${CILIUM} pkg/client/client.go`,
  },
  {
    cause: "mesh-not-federated",
    says: /remote cluster configuration required but not found|not able to connect to any etcd endpoints|is not connected to cluster|are not connected to all clusters/,
    certainty: "sure",
    from: `${CILIUM} cilium-cli/clustermesh/clustermesh.go, pkg/kvstore/etcd.go`,
  },
];

export const meshRules: readonly Rule[] = [saidRule(meshSaid)];
