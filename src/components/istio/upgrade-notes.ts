import type { UpgradeNote } from "../component";

const istio = (version: string, note: string) =>
  `istio/istio releasenotes/notes/${note}.yaml, upgradeNotes of ${version}`;

export const upgradeNotes: readonly UpgradeNote[] = [
  {
    since: "1.28",
    says: "BackendTLSPolicy is taken as v1 only, and without a flag: v1alpha3 is ignored, and a v1 that was ignored works",
    source: istio("1.28", "gtw-140"),
  },
  {
    since: "1.28",
    says: "ambient: an older ztunnel refuses ServiceEntries with resolution NONE until it is upgraded too",
    source: istio("1.28", "57656"),
  },
  {
    since: "1.28",
    says: "InferencePool v1alpha2 is gone: write v1",
    source: istio("1.28", "57219"),
    about: { resources: ["inferencepools.inference.networking.x-k8s.io"] },
  },
  {
    since: "1.28",
    says: "METRIC_ROTATION_INTERVAL and METRIC_GRACEFUL_DELETION_INTERVAL are gone: annotate pods with sidecar.istio.io/statsEvictionInterval",
    source: istio("1.28", "remove-metric-rotation"),
  },
  {
    since: "1.29",
    says: "istiod's debug endpoints answer other namespaces only for their own proxies: tools outside istio-system, such as Kiali, see less",
    source: istio("1.29", "debug-endpoint-authorization"),
  },
  {
    since: "1.29",
    says: "Envoy's remaining_* metrics of circuit breakers are off: alerts on them are silent",
    source: istio("1.29", "disable-track-remaining-cb-metrics"),
  },
  {
    since: "1.29",
    says: "Envoy compresses its metrics, and the annotation sidecar.istio.io/statsCompression is gone: write statsCompression in proxy.istio.io/config",
    source: istio("1.29", "48051"),
  },
  {
    since: "1.29",
    says: "ambient: a new istio-cni rewrites the rules inside running pods, and ztunnel enforces no AuthorizationPolicy that is a dry run: upgrade ztunnel before istiod sends it any",
    source: `${istio("1.29", "reconcile-iptables-default-true")} and authz-dry-run-ambient.yaml`,
  },
];
