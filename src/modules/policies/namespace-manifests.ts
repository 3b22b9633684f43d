import type { Manifest } from "../manifest";
import { type BaselineInput, baselineFlows, notForWorkloads } from "./baseline-flows";
import { denyAlways } from "./cilium-network-policy";
import { flowPolicyManifests } from "./flow-policies";
import { denyAll } from "./kubernetes-network-policy";
import { type LabelExpression, type Labels, type PodSelector, WORKLOAD_LABEL } from "./labels";
import { withHbone } from "./mesh-flows";
import type { Enforcer, Flow } from "./network-flows";
import { type ContainerLimits, limitRange, type Quota, resourceQuota } from "./resource-limits";

/** A flow of some pods of a namespace. */
export interface NamedFlow {
  readonly name: string;
  /** Absent: all pods of the namespace but those of declared services. */
  readonly pods?: Labels;
  /** Without `pods`: those of declared services, too. */
  readonly ofWorkloads?: boolean;
  readonly flow: Flow;
}

/** Label values of pods that have no traffic at all. */
export interface Isolation {
  readonly values: readonly string[];
  /** But kubelet may probe them. */
  readonly probes: boolean;
}

export interface NamespaceRules {
  readonly quota?: Quota;
  readonly limits?: ContainerLimits;
  /** By label. */
  readonly isolated: Readonly<Record<string, Isolation>>;
  readonly enforcer: Enforcer;
  /** Absent: the namespace is open, and nothing needs to be allowed. */
  readonly closed?: {
    readonly baseline: Omit<BaselineInput, "namespace" | "enforcer" | "dnsProxy">;
    readonly allow: readonly NamedFlow[];
    /** Services are declared here: what is open for the namespace is not for their pods. */
    readonly hasWorkloads?: boolean;
  };
}

/** Everything in a namespace that holds for all of its pods, by key. */
export function namespaceManifests(namespace: string, rules: NamespaceRules): Record<string, Manifest> {
  const { quota, limits, isolated, enforcer, closed } = rules;
  const manifests: Record<string, Manifest> = {
    ...(quota && { quota: resourceQuota(namespace, quota) }),
    ...(limits && { "container-limits": limitRange(namespace, limits) }),
    ...isolation(namespace, isolated, enforcer),
    ...(closed && {
      "default-deny": denyAll("default-deny", namespace, {}),
      ...allowances(namespace, closed, rules),
    }),
  };
  // The order in which a config lists things means nothing.
  return Object.fromEntries(Object.entries(manifests).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Pods that are cut off: network policies of Kubernetes only ever allow, so where Cilium enforces its explicit deny is added. */
function isolation(
  namespace: string,
  isolated: NamespaceRules["isolated"],
  enforcer: Enforcer,
): Record<string, Manifest> {
  const manifests: Record<string, Manifest> = {};
  for (const [key, { values, probes }] of Object.entries(isolated).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const value of [...new Set(values)].sort()) {
      const name = freeName(`deny-${slug(key)}-${slug(value)}`, manifests);
      const pods = { matchLabels: { [key]: value } };
      manifests[name] = denyAll(name, namespace, pods);
      if (enforcer === "cilium") manifests[`${name}-cilium`] = denyAlways(name, namespace, pods, probes);
    }
  }
  return manifests;
}

function allowances(
  namespace: string,
  { baseline, allow, hasWorkloads }: NonNullable<NamespaceRules["closed"]>,
  { enforcer, isolated }: NamespaceRules,
): Record<string, Manifest> {
  // IRSA is allowed by name under Cilium, too.
  const dnsProxy =
    enforcer === "cilium" &&
    (baseline.identity === "irsa" ||
      allow.some(({ flow }) => flow.peers.some(({ kind }) => kind === "fqdn")));
  const base = baselineFlows({ ...baseline, namespace, enforcer, dnsProxy });
  const policies = [
    ...Object.entries(base).map(([name, flows]) => ({
      name,
      flows,
      pods: undefined,
      ofWorkloads: !notForWorkloads.includes(name),
    })),
    ...allow.map(({ name, pods, ofWorkloads = pods !== undefined, flow }) => ({
      name,
      flows: [flow],
      pods,
      ofWorkloads,
    })),
  ];
  return Object.assign(
    {},
    ...policies.map(({ name, flows, pods, ofWorkloads }) =>
      flowPolicyManifests(
        {
          name,
          namespace,
          pods: except(pods, isolated, hasWorkloads === true && !ofWorkloads),
          flows: baseline.mesh?.mode === "ambient" ? withHbone(flows) : flows,
        },
        enforcer,
      ),
    ),
  ) as Record<string, Manifest>;
}

/** These pods, but none that is isolated; nor those of declared services, where they are not meant. */
function except(
  pods: Labels | undefined,
  isolated: NamespaceRules["isolated"],
  withoutWorkloads: boolean,
): PodSelector {
  const matchExpressions = notIsolated(isolated);
  if (withoutWorkloads) matchExpressions.push({ key: WORKLOAD_LABEL, operator: "DoesNotExist" });
  return {
    ...(pods && { matchLabels: pods }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}

/** What no isolated pod fits: policies of Kubernetes only ever allow, so whatever allows has to leave them out. */
export function notIsolated(isolated: NamespaceRules["isolated"]): LabelExpression[] {
  return Object.entries(isolated)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { values }]) => ({ key, operator: "NotIn", values: [...values].sort() }));
}

/** Label values may differ only in what an object's name can't hold, as `a.b` and `a-b` do; each has its own policies. */
function freeName(name: string, taken: Readonly<Record<string, Manifest>>): string {
  for (let count = 1; ; count += 1) {
    const each = count === 1 ? name : `${name}-${count}`;
    if (!(each in taken) && !(`${each}-cilium` in taken)) return each;
  }
}

/** A text as part of an object's name. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/\*/g, "any")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
