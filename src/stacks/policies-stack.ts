import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { Construct } from "constructs";
import type { SecurityGroupsForPods } from "../config/schema/security-groups-for-pods";
import { SecurityGroupPolicies } from "../modules/policies/security-group-policies";
import { policiesContract } from "./contracts";
import { InClusterStack, type InClusterStackProps } from "./in-cluster-stack";
import { publish } from "./published-outputs";

/** Namespaces, and what holds in them. */
export class PoliciesStack extends InClusterStack {
  private readonly namespaces = new Map<string, NamespaceV1>();

  constructor(scope: Construct, props: InClusterStackProps) {
    super(scope, "policies", props);
    const { securityGroupsForPods } = this.target.config.cni;
    if (securityGroupsForPods) this.addSecurityGroupPolicies(securityGroupsForPods);
    publish(this, policiesContract, { namespaces: [...this.namespaces.keys()].sort() });
  }

  private addSecurityGroupPolicies({ policies }: SecurityGroupsForPods): void {
    const all = Object.entries(policies);
    if (all.length === 0) return;
    new SecurityGroupPolicies(this, "pod-security-groups", {
      policies: Object.fromEntries(
        all.map(([name, { namespace, securityGroupIds, ...selectors }]) => [
          name,
          {
            namespace,
            securityGroupIds,
            select:
              "podSelector" in selectors
                ? { podLabels: selectors.podSelector }
                : { serviceAccountLabels: selectors.serviceAccountSelector },
          },
        ]),
      ),
      dependsOn: all
        .filter(([, { namespace }]) => namespace !== "default")
        .map(([, { namespace }]) => this.namespace(namespace)),
    });
  }

  /** A namespace of the platform's, made when it is first asked for. */
  private namespace(name: string): NamespaceV1 {
    const made =
      this.namespaces.get(name) ?? new NamespaceV1(this, `namespace-${name}`, { metadata: { name } });
    this.namespaces.set(name, made);
    return made;
  }
}
