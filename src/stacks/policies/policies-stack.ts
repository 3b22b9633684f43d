import type { Construct } from "constructs";
import type { PodSecurityGroupSettings, PolicySettings } from "../../model/settings";
import { injectedImages } from "../../model/injected-images";
import { loadBalancedNamespaces } from "../../model/load-balanced";
import { allowedRegistries } from "../../model/namespaces";
import { mirrored } from "../../modules/mirrored-image";
import { READINESS_GATE_LABEL } from "../../facts/load-balancer-drain";
import { ManifestRelease } from "../../modules/manifest-release";
import { admissionPolicies, admissionRuleNames } from "../../modules/policies/admission/admission-policies";
import { ManagedNamespace } from "../../modules/policies/managed-namespace";
import { namespaceLabels } from "../../modules/policies/namespace-labels";
import { SecurityGroupPolicies } from "../../modules/policies/security-group-policies";
import { ciliumRouting } from "./cilium-routing";
import { policiesContract } from "./policies-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { meshMembership } from "../mesh/mesh-membership";
import { namespaceRules } from "./namespace-rules";
import { publish } from "../base/published-outputs";

/** Namespaces, what holds in them, and the ways that Cilium leads their traffic out. */
export class PoliciesStack extends InClusterStack {
  private readonly namespaces = new Map<string, ManagedNamespace>();

  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "policies", props);
    const policies = this.target.policies;
    if (policies) {
      this.addNamespaces();
      this.addAdmissionPolicies(policies);
    }
    const { securityGroupsForPods } = this.target.config.cni;
    if (securityGroupsForPods) this.addSecurityGroupPolicies(securityGroupsForPods);
    const routing = ciliumRouting(this.target.config.cni);
    if (Object.keys(routing).length > 0)
      new ManifestRelease(this, "cilium-routing", { namespace: "kube-system", manifests: routing });
    publish(this, policiesContract, { namespaces: [...this.namespaces.keys()].sort() });
  }

  private addNamespaces(): void {
    const { target } = this;
    const ipv6 = this.ipv6Ranges();
    const gated = loadBalancedNamespaces(target.config);
    for (const [name, config] of Object.entries(target.namespaces)) {
      const { team, labels } = config;
      const mesh = meshMembership(target, name, labels);
      this.namespaces.set(
        name,
        new ManagedNamespace(this, `namespace-${name}`, {
          name,
          labels: namespaceLabels({
            podSecurity: config.podSecurity.level,
            kubernetesVersion: target.release.kubernetes.version,
            labels: { ...(gated.has(name) && READINESS_GATE_LABEL), ...labels },
            ...(team !== undefined && { team }),
          }),
          rules: namespaceRules(name, config, { target, ipv6, ...(mesh && { mesh }) }),
        }),
      );
    }
  }

  private addAdmissionPolicies(policies: PolicySettings): void {
    const { config, region } = this.target;
    const actions = Object.fromEntries(
      admissionRuleNames.map((name) => [name, policies.admission[name].action]),
    ) as Parameters<typeof admissionPolicies>[0]["actions"];
    const manifests = admissionPolicies({
      actions,
      registries: allowedRegistries(config, policies, region),
      images: injectedImages(config).map((image) => mirrored(image, config.images?.mirror)),
      publicNamespaces: config.ingress?.loadBalancers.publicNamespaces ?? [],
      annotations: policies.loadBalancerAnnotations,
      exemptNamespaces: [...this.target.platformNamespaces, ...Object.keys(policies.exemptNamespaces)],
    });
    if (Object.keys(manifests).length > 0)
      new ManifestRelease(this, "admission-policies", { namespace: "kube-system", manifests });
  }

  private addSecurityGroupPolicies({ policies }: PodSecurityGroupSettings): void {
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
      dependsOn: [...new Set(all.map(([, { namespace }]) => namespace))].flatMap(
        (name) => this.namespaces.get(name)?.ready ?? [],
      ),
    });
  }
}
