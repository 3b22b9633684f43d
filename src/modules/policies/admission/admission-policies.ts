import type { Manifest } from "../../manifest";
import { type AdmissionAction, admissionPolicy, type AdmissionRule } from "./admission-policy";
import { foreignRightsRule } from "./foreign-rights-rule";
import {
  loadBalancerAnnotationRule,
  ownLoadBalancerAnnotations,
  publicLoadBalancerRule,
} from "./load-balancer-rules";
import { imageRegistryRule, imageTagRule, readinessProbeRule, resourceRequestRule } from "./pod-rules";
import { secretStoreRule } from "./secret-store-rule";

/** The rules that can be weakened one by one. */
export const admissionRuleNames = [
  "imageRegistries",
  "imageTags",
  "resourceRequests",
  "readinessProbes",
  "publicLoadBalancers",
  "loadBalancerAnnotations",
  "secretStores",
  "foreignRights",
] as const;
export type AdmissionRuleName = (typeof admissionRuleNames)[number];

export interface AdmissionPoliciesInput {
  /** What each rule does; `none` leaves it out. @default deny */
  readonly actions: Readonly<Partial<Record<AdmissionRuleName, AdmissionAction | "none">>>;
  /** Registries, with or without a path. */
  readonly registries: readonly string[];
  /** Images without tag that are allowed besides, whatever their registry. */
  readonly images?: readonly string[];
  /** Namespaces that may have load balancers which face the internet. */
  readonly publicNamespaces: readonly string[];
  /** Annotations of load balancers besides `ownLoadBalancerAnnotations`. */
  readonly annotations: readonly string[];
  readonly exemptNamespaces: readonly string[];
}

/** Admission policies for what Pod Security leaves out, by key. */
export function admissionPolicies(input: AdmissionPoliciesInput): Record<string, Manifest> {
  const rules: Record<AdmissionRuleName, AdmissionRule> = {
    imageRegistries: imageRegistryRule(input.registries, input.images ?? []),
    imageTags: imageTagRule(),
    resourceRequests: resourceRequestRule(),
    readinessProbes: readinessProbeRule(),
    publicLoadBalancers: publicLoadBalancerRule(input.publicNamespaces),
    loadBalancerAnnotations: loadBalancerAnnotationRule([
      ...ownLoadBalancerAnnotations,
      ...input.annotations,
    ]),
    secretStores: secretStoreRule(),
    foreignRights: foreignRightsRule(),
  };
  const { exemptNamespaces } = input;
  const manifests = admissionRuleNames.map((name) => {
    const action = input.actions[name] ?? "deny";
    return action === "none" ? {} : admissionPolicy(rules[name], { action, exemptNamespaces });
  });
  return Object.assign({}, ...manifests) as Record<string, Manifest>;
}
