import type { Component } from "../components";
import { compareVersions } from "../version-range";

/** What upstream says that an upgrade to a version changes for who runs it. */
interface UpstreamNote {
  readonly component: Component;
  /** First version that has the change. */
  readonly since: string;
  /** What to know, and what to do about it. */
  readonly says: string;
  readonly source: string;
}

const CILIUM_119 = "cilium/cilium Documentation/operations/upgrade.rst of 1.19.6, 1.19 Upgrade Notes";
const istio = (version: string, note: string) =>
  `istio/istio releasenotes/notes/${note}.yaml, upgradeNotes of ${version}`;
const eks = (version: string) =>
  `EKS user guide, release notes for Kubernetes versions on standard support, ${version}`;
const GATEWAY_API_14 = "kubernetes-sigs/gateway-api CHANGELOG/1.4-CHANGELOG.md, v1.4.0-rc.1";

/**
 * Upgrade notes between the releases that there are, of every component whose pin differs by a minor, as far as they touch what the
 * platform makes or teams may have. What only moves by a patch, or changes nothing for its users, has none.
 */
const notes: readonly UpstreamNote[] = [
  {
    component: "cilium",
    since: "1.19",
    says: "a policy that names no cluster selects pods of its own cluster only (the platform sets it so already): policies of teams that meant all clusters of a mesh must name them",
    source: CILIUM_119,
  },
  {
    component: "cilium",
    since: "1.19",
    says: "in DNS patterns **. matches several labels, where it matched one: look at teams' policies for toFQDNs that begin with it",
    source: CILIUM_119,
  },
  {
    component: "cilium",
    since: "1.19",
    says: "policies with fromRequires or toRequires are refused: take them out before",
    source: CILIUM_119,
  },
  {
    component: "cilium",
    since: "1.19",
    says: "mutual authentication is off unless it is asked for; policies with authentication then let traffic through without it. Keep identity: { kind: cilium } where teams use it",
    source: CILIUM_119,
  },
  {
    component: "cilium",
    since: "1.19",
    says: "CiliumLoadBalancerIPPool is cilium.io/v2, and CiliumBGPPeeringPolicy is gone: change teams' own before",
    source: CILIUM_119,
  },
  {
    component: "cilium",
    since: "1.19",
    says: "policies for Kafka are deprecated, to be gone in 1.20",
    source: CILIUM_119,
  },
  {
    component: "cilium",
    since: "1.19",
    says: "metrics of Cluster Mesh lose the labels source_cluster and source_node_name, and the operator's workqueue_* are cilium_operator_k8s_workqueue_*: change own dashboards and alerts",
    source: CILIUM_119,
  },
  {
    component: "cilium",
    since: "1.19",
    says: "with Cluster Mesh the users of peers move from Cilium's release to the mesh stack's: deploy cni and mesh in one go, new replicas of clustermesh-apiserver wait for the second",
    source:
      "cilium/cilium install/kubernetes/cilium/templates/clustermesh-apiserver/users-configmap.yaml, 1.18.11 and 1.19.6",
  },
  {
    component: "istio",
    since: "1.28",
    says: "BackendTLSPolicy is taken as v1 only, and without a flag: v1alpha3 is ignored, and a v1 that was ignored works",
    source: istio("1.28", "gtw-140"),
  },
  {
    component: "istio",
    since: "1.28",
    says: "ambient: an older ztunnel refuses ServiceEntries with resolution NONE until it is upgraded too",
    source: istio("1.28", "57656"),
  },
  {
    component: "istio",
    since: "1.28",
    says: "InferencePool v1alpha2 is gone: write v1",
    source: istio("1.28", "57219"),
  },
  {
    component: "istio",
    since: "1.28",
    says: "METRIC_ROTATION_INTERVAL and METRIC_GRACEFUL_DELETION_INTERVAL are gone: annotate pods with sidecar.istio.io/statsEvictionInterval",
    source: istio("1.28", "remove-metric-rotation"),
  },
  {
    component: "istio",
    since: "1.29",
    says: "istiod's debug endpoints answer other namespaces only for their own proxies: tools outside istio-system, such as Kiali, see less",
    source: istio("1.29", "debug-endpoint-authorization"),
  },
  {
    component: "istio",
    since: "1.29",
    says: "Envoy's remaining_* metrics of circuit breakers are off: alerts on them are silent",
    source: istio("1.29", "disable-track-remaining-cb-metrics"),
  },
  {
    component: "istio",
    since: "1.29",
    says: "Envoy compresses its metrics, and the annotation sidecar.istio.io/statsCompression is gone: write statsCompression in proxy.istio.io/config",
    source: istio("1.29", "48051"),
  },
  {
    component: "istio",
    since: "1.29",
    says: "ambient: a new istio-cni rewrites the rules inside running pods, and ztunnel enforces no AuthorizationPolicy that is a dry run: upgrade ztunnel before istiod sends it any",
    source: `${istio("1.29", "reconcile-iptables-default-true")} and authz-dry-run-ambient.yaml`,
  },
  {
    component: "gateway-api",
    since: "1.4",
    says: "a GRPCRoute without spec is refused, and allowCredentials of the experimental CORS filter is true or false and no longer a list of one",
    source: GATEWAY_API_14,
  },
  {
    component: "kubernetes",
    since: "1.34",
    says: "AppArmor is deprecated: move teams' profiles to seccomp",
    source: eks("1.34"),
  },
  {
    component: "kubernetes",
    since: "1.34",
    says: "VolumeAttributesClass is storage.k8s.io/v1: change manifests of v1beta1",
    source: eks("1.34"),
  },
  {
    component: "kubernetes",
    since: "1.34",
    says: "nodes have containerd 2.1: read its release notes for what own AMIs and user data set of it",
    source: eks("1.34"),
  },
  {
    component: "kubernetes",
    since: "1.35",
    says: "the kubelet does not start on cgroup v1: own AMIs and AL2023 that was set to it have to move to v2 before",
    source: eks("1.35"),
  },
  {
    component: "kubernetes",
    since: "1.35",
    says: "the last minor with containerd 1.x, which own AMIs may still have",
    source: eks("1.35"),
  },
  {
    component: "coredns",
    since: "1.14",
    says: "rewrite is applied before acl, regular expressions have a limit of length, and the API server is asked at a limited rate",
    source: "coredns/coredns notes/coredns-1.14.0.md and coredns-1.14.2.md",
  },
];

/** Notes of all versions after `from`, up to `to`, each with its source. */
export function upstreamNotes(component: Component, from: string, to: string): string[] {
  return notes
    .filter(
      (note) =>
        note.component === component &&
        compareVersions(from, note.since) < 0 &&
        compareVersions(note.since, to) <= 0,
    )
    .map(({ says, source }) => `${says} (${source})`);
}
