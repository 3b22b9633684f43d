import type { Resource } from "../guardrails/resource";
import { at, isFalse, isTrue, items, text, toNumber, type Value } from "../values/value";
import { meshWorld, type MeshWorld } from "./mesh/mesh-world";
import type { MeshPods } from "./mesh/workloads";
import { namespaceLabels } from "./namespaces";
import type { PolicyWorld } from "./policy/decide";
import { labelMap } from "./policy/labels";
import { rangeGroups } from "./policy/peers";
import { policySet } from "./policy/policy-set";
import type { NamedPort } from "./policy/ports";
import type { PolicyEngine } from "./policy/rules";

/** What the stacks of a target put into its cluster, as far as it decides about packets. Charts are not rendered: their own objects are missing. */
export interface Cluster {
  readonly policies: PolicyWorld;
  /** Absent: there is no Istio. */
  readonly mesh?: MeshWorld;
  readonly pods: readonly MeshPods[];
  readonly services: readonly Value[];
}

/**
 * @param resources of all stacks of the target
 * @param others pods that charts make, which no manifest of the stacks holds
 * @param dns those of them that answer lookups
 */
export function clusterOf(
  resources: readonly Resource[],
  others: readonly MeshPods[],
  dns: readonly MeshPods[],
): Cluster {
  const manifests = resources
    .filter(({ type }) => type.startsWith("k8s:"))
    .map(({ attributes }): Value => attributes);
  const engine = engineOf(releaseOf(resources, "cilium"));
  const pods = [...manifests.flatMap(podsOf), ...others];
  const istiod = releaseOf(resources, "istiod");
  return {
    policies: {
      engine,
      policies: policySet(manifests, engine),
      namespaces: namespaceLabels(manifests),
      groups: rangeGroups(manifests),
      pods,
      knowsAllPods: false,
      dns,
    },
    ...(istiod && { mesh: meshWorld(manifests, istiod) }),
    pods,
    services: manifests.filter((each) => at(each, "kind") === "Service"),
  };
}

/** Values of a chart's release. */
function releaseOf(resources: readonly Resource[], chart: string): Value {
  const found = resources.find(
    ({ type, attributes }) => type === "helm_release" && text(attributes.chart).split("/").at(-1) === chart,
  );
  return found?.attributes.values;
}

/** Values of Cilium's chart; without it, whatever knows NetworkPolicy decides. */
function engineOf(values: Value): PolicyEngine {
  const enforcement = text(at(values, "policyEnforcementMode"));
  return {
    kind: values === undefined ? "kubernetes" : "cilium",
    clusterName: text(at(values, "cluster", "name")) || "default",
    ipv4: !isFalse(at(values, "ipv4", "enabled")),
    ipv6: isTrue(at(values, "ipv6", "enabled")),
    enforcement: enforcement === "always" || enforcement === "never" ? enforcement : "default",
    rangesTakeNodes: items(at(values, "policyCIDRMatchMode")).includes("nodes"),
    anyCluster: isFalse(at(values, "clustermesh", "policyDefaultLocalCluster")),
  };
}

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "Rollout", "Job", "Pod"];

function podsOf(manifest: Value): MeshPods[] {
  const kind = text(at(manifest, "kind"));
  const template =
    kind === "CronJob"
      ? at(manifest, "spec", "jobTemplate", "spec", "template")
      : kind === "Pod"
        ? manifest
        : at(manifest, "spec", "template");
  if (kind !== "CronJob" && !WORKLOADS.includes(kind)) return [];
  const namespace = text(at(manifest, "metadata", "namespace")) || "default";
  const containers = [
    ...items(at(template, "spec", "initContainers")),
    ...items(at(template, "spec", "containers")),
  ];
  return [
    {
      kind: "pods",
      name: `${namespace}/${text(at(manifest, "metadata", "name"))}`,
      namespace,
      labels: labelMap(at(template, "metadata", "labels")),
      annotations: Object.fromEntries(
        Object.entries(labelMap(at(template, "metadata", "annotations"))).filter(
          (each): each is [string, string] => typeof each[1] === "string",
        ),
      ),
      serviceAccount: text(at(template, "spec", "serviceAccountName")) || "default",
      ports: containers.flatMap((each) => items(at(each, "ports"))).flatMap(namedPort),
      hostNetwork: isTrue(at(template, "spec", "hostNetwork")),
    },
  ];
}

function namedPort(port: Value): NamedPort[] {
  const number = toNumber(at(port, "containerPort"));
  const protocol = text(at(port, "protocol"));
  if (number === undefined) return [];
  return [
    {
      name: text(at(port, "name")),
      port: number,
      protocol: protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP",
    },
  ];
}
