import type { Manifest } from "../manifest";
import { dnsServers } from "../policies/dns-servers";
import { flowPolicyManifests } from "../policies/flow-policies";
import { withHbone } from "../policies/mesh-flows";
import { type NamespaceRules, notIsolated } from "../policies/namespace-manifests";
import type { Enforcer, Flow } from "../policies/network-flows";
import { ruleSelector, type Workload } from "./workload";

export interface WorkloadFlows {
  readonly enforcer: Enforcer;
  /** What the service calls, and who calls it. */
  readonly flows: readonly Flow[];
  /** In an ambient mesh pods reach each other by HBONE, too. */
  readonly ambient: boolean;
  /** Pods of the namespace that have no traffic at all, whichever service they are of. */
  readonly isolated: NamespaceRules["isolated"];
}

const DNS: Flow = {
  direction: "egress",
  peers: dnsServers,
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
  dnsProxy: true,
};

/**
 * Policies of the service's own pods, beside those that hold for every pod of its namespace (which is closed). Where a
 * peer is named by DNS, lookups pass Cilium's proxy: that is how it learns the addresses.
 */
export function workloadPolicies(
  workload: Pick<Workload, "name" | "app" | "namespace">,
  { enforcer, flows, ambient, isolated }: WorkloadFlows,
): Record<string, Manifest> {
  const { name, namespace } = workload;
  const of = (direction: Flow["direction"]) => flows.filter((flow) => flow.direction === direction);
  const named = flows.some(({ peers }) => peers.some(({ kind }) => kind === "fqdn"));
  const policies = {
    callers: of("ingress"),
    dependencies: [...of("egress"), ...(named ? [DNS] : [])],
  };
  const expressions = notIsolated(isolated);
  const manifests = Object.entries(policies)
    .filter(([, all]) => all.length > 0)
    .map(([what, all]) =>
      flowPolicyManifests(
        {
          name: `${name}-${what}`,
          namespace,
          pods: {
            matchLabels: ruleSelector(workload),
            ...(expressions.length > 0 && { matchExpressions: expressions }),
          },
          flows: ambient ? withHbone(all) : all,
        },
        enforcer,
      ),
    );
  return Object.fromEntries(manifests.flatMap((each) => Object.entries(each)));
}
