import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { Construct } from "constructs";
import type { SecurityGroupsForPods } from "../config/schema/security-groups-for-pods";
import { ManifestRelease } from "../modules/manifest-release";
import { securityGroupPolicy } from "../modules/policies/security-group-policy";
import { addHelmProvider, addKubernetesProvider } from "./cluster-access";
import type { ClusterStack } from "./cluster-stack";
import { clusterContract, nodesContract, policiesContract } from "./contracts";
import type { NodesStack } from "./nodes-stack";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { publish } from "./published-outputs";

export interface PoliciesStackProps extends PlatformStackProps {
  readonly cluster: ClusterStack;
  readonly nodes: NodesStack;
}

/** Namespaces and what holds in them. Only where a target has something of it (stacks-of-target.ts). */
export class PoliciesStack extends PlatformStack {
  constructor(scope: Construct, { cluster, nodes, ...props }: PoliciesStackProps) {
    super(scope, "policies", props);
    const upstream = this.read(cluster, clusterContract);
    // Nothing of it is used: reading the state is what keeps the order.
    this.read(nodes, nodesContract);
    addHelmProvider(this, upstream, this.target);
    addKubernetesProvider(this, upstream, this.target);

    const { securityGroupsForPods } = this.target.config.cni;
    const namespaces = securityGroupsForPods ? this.addSecurityGroupPolicies(securityGroupsForPods) : [];
    publish(this, policiesContract, { namespaces });
  }

  private addSecurityGroupPolicies({ policies }: SecurityGroupsForPods): string[] {
    const all = Object.entries(policies).sort(([a], [b]) => (a < b ? -1 : 1));
    const namespaces = [...new Set(all.map(([, { namespace }]) => namespace))].sort();
    const made = namespaces
      .filter((name) => name !== "default")
      .map((name) => new NamespaceV1(this, `namespace-${name}`, { metadata: { name } }));
    if (all.length > 0) {
      new ManifestRelease(this, "security-group-policies", {
        namespace: "kube-system",
        manifests: Object.fromEntries(
          all.map(([name, policy]) => [
            name,
            securityGroupPolicy({
              name,
              namespace: policy.namespace,
              select:
                "podSelector" in policy
                  ? { podLabels: policy.podSelector }
                  : { serviceAccountLabels: policy.serviceAccountSelector },
              securityGroupIds: policy.securityGroupIds,
            }),
          ]),
        ),
        dependsOn: made,
      });
    }
    return namespaces;
  }
}
