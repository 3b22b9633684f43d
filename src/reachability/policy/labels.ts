import { entries, isUnknown, text, type Unknown, type Value } from "../../values/value";

/** A label of an identity, with where it comes from: `k8s:app=web`, `reserved:host`. */
export interface Label {
  readonly source: string;
  readonly key: string;
  /** Empty for those that only are there. */
  readonly value: string | Unknown;
}

/** Which label a selector asks for; source `any` takes each. */
export interface LabelKey {
  readonly source: string;
  readonly key: string;
}

export const NAMESPACE = "io.kubernetes.pod.namespace";
export const NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels";
export const CLUSTER = "io.cilium.k8s.policy.cluster";
export const SERVICE_ACCOUNT = "io.cilium.k8s.policy.serviceaccount";

export function reserved(key: string): Label {
  return { source: "reserved", key, value: "" };
}

/** `k8s:app`, `reserved:host`, `$host`, or `app` of any source (pkg/labels, parseSource). */
export function parseLabelKey(text: string): LabelKey {
  if (text.startsWith("$")) return { source: "reserved", key: text.slice(1) };
  const colon = text.indexOf(":");
  if (colon >= 0) return { source: text.slice(0, colon), key: text.slice(colon + 1) };
  return text.startsWith("reserved.")
    ? { source: "reserved", key: text.slice("reserved.".length) }
    : { source: "any", key: text };
}

/** What makes a pod's identity, of Cilium 1.19's default (pkg/labelsfilter): included or not, tried from the key's start. */
const INCLUDED = [
  /^io\.kubernetes\.pod\.namespace/,
  /^io\.cilium\.k8s\.namespace\.labels/,
  /^app\.kubernetes\.io/,
  /^io\.cilium\.k8s\.policy\.cluster/,
  /^io\.cilium\.k8s\.policy\.serviceaccount/,
];
const IGNORED = [
  /^io\.kubernetes/,
  /^kubernetes\.io/,
  /^statefulset\.kubernetes\.io\/pod-name/,
  /^apps\.kubernetes\.io\/pod-index/,
  /^batch\.kubernetes\.io\/job-completion-index/,
  /^batch\.kubernetes\.io\/controller-uid/,
  /^.*beta\.kubernetes\.io/,
  /^k8s\.io/,
  /^pod-template-generation/,
  /^pod-template-hash/,
  /^controller-revision-hash/,
  /^controller-uid/,
  /^annotation.*/,
  /^etcd_node/,
  /^topology\.kubernetes\.io/,
];

/** Whether a label of a pod is part of its identity; policies do not see the others. */
export function isIdentityLabel(key: string): boolean {
  const lengths = (patterns: readonly RegExp[]): number[] =>
    patterns.flatMap((each) => {
      const [match] = each.exec(key) ?? [];
      return match === undefined ? [] : [match.length];
    });
  const ignored = lengths(IGNORED);
  return ignored.length === 0 || Math.max(0, ...lengths(INCLUDED)) > Math.min(...ignored);
}

/** Labels of a map of Kubernetes. */
export function labelMap(value: Value): Readonly<Record<string, string | Unknown>> {
  return Object.fromEntries(entries(value).map(([key, each]) => [key, isUnknown(each) ? each : text(each)]));
}
