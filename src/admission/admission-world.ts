import type { Resource } from "../guardrails/resource";
import type { Decider } from "../reachability/hop";
import { namespaceLabels } from "../reachability/namespaces";
import { at, text, type Unknown, type Value } from "../values/value";
import { limitsOf } from "./limits/limit-range";
import { type Quota, quotaOf } from "./limits/quota";
import { chartMadePods, chartNamespaces } from "./pods/chart-made";
import { injected, proxiesOf, restoredPods, solversOf } from "./pods/injected-pods";
import { proxyMakers } from "./pods/istio-proxy";
import { madePods } from "./pods/made-pods";
import type { AdmittedPod } from "./pods/pod";
import { policiesOf, type Policy } from "./policies/policy";

/** An object that decides about pods of its namespace. */
export interface Ruling<T> {
  /** `LimitRange payments/container-limits` */
  readonly name: string;
  readonly namespace: string;
  readonly by: Decider;
  readonly rules: T;
}

export interface AdmissionNamespace {
  readonly labels: Readonly<Record<string, string | Unknown>>;
  readonly by: Decider;
}

/** What the stacks of a target put before its API server, and what the API server holds against it. */
export interface AdmissionWorld {
  /** Minor of Kubernetes 1 that the cluster runs. */
  readonly minor: number;
  readonly namespaces: ReadonlyMap<string, AdmissionNamespace>;
  readonly policies: readonly Policy[];
  readonly limitRanges: readonly Ruling<ReturnType<typeof limitsOf>>[];
  readonly quotas: readonly Ruling<Quota>[];
  /** Those that stacks declare and charts make, with what is injected, and those that controllers make of objects. */
  readonly pods: readonly AdmittedPod[];
}

/** Kubernetes whose checks are taken where the cluster's version is not in the stacks. */
const NEWEST = 35;
/** Since it the injector makes sidecars init containers that stay (istio/istio 1.29.6, DetectNativeSidecar). */
const NATIVE_SIDECARS = 33;

/**
 * @param resources of all stacks of a target
 * @param minor what the API server knows; left out: as the stacks say
 */
export function admissionWorld(resources: readonly Resource[], minor = minorOf(resources)): AdmissionWorld {
  const objects = resources.filter(({ type }) => type.startsWith("k8s:"));
  const releases = resources.filter(({ type }) => type === "helm_release");
  const manifests = objects.map(({ attributes }): Value => attributes);
  const labels = namespaceLabels(manifests);
  const namespaces = new Map(
    objects
      .filter(({ attributes }) => attributes.kind === "Namespace")
      .map(({ attributes, stack, address }): [string, AdmissionNamespace] => {
        const name = text(at(attributes, "metadata", "name"));
        return [name, { labels: labels.get(name) ?? {}, by: { stack, address } }];
      }),
  );
  for (const { name, labels: own, release } of chartNamespaces(releases))
    if (!namespaces.has(name))
      namespaces.set(name, { labels: own, by: { stack: release.stack, address: release.address } });
  const ruling = <T>(kind: string, read: (manifest: Value) => T): Ruling<T>[] =>
    objects
      .filter(({ attributes }) => attributes.kind === kind)
      .map(({ attributes, stack, address }) => {
        const namespace = text(at(attributes, "metadata", "namespace"));
        const name = `${kind} ${namespace}/${text(at(attributes, "metadata", "name"))}`;
        return { name, namespace, by: { stack, address }, rules: read(attributes) };
      });
  const makers = proxyMakers(resources);
  const declared = [...madePods(objects), ...chartMadePods(resources)].map((pod) =>
    injected(pod, namespaces.get(pod.namespace)?.labels ?? {}, makers, minor >= NATIVE_SIDECARS),
  );
  return {
    minor,
    namespaces,
    policies: policiesOf(objects),
    limitRanges: ruling("LimitRange", limitsOf),
    quotas: ruling("ResourceQuota", quotaOf),
    pods: [
      ...declared,
      ...proxiesOf(objects, makers),
      ...solversOf(objects, releases, [...namespaces.keys()]),
      ...restoredPods(declared, releases),
    ],
  };
}

function minorOf(resources: readonly Resource[]): number {
  const cluster = resources.find(({ type }) => type === "aws_eks_cluster");
  const [, minor] = /^1\.(\d+)/.exec(text(cluster?.attributes.version)) ?? [];
  return minor === undefined ? NEWEST : Number(minor);
}
