import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../manifest-release";
import type { Manifest } from "../manifest";
import type { Labels } from "./labels";

/** Which pods of a namespace get which security groups. */
export interface SecurityGroupPolicy {
  readonly namespace: string;
  /** Labels of the pods, or of their service accounts. */
  readonly select: { readonly podLabels: Labels } | { readonly serviceAccountLabels: Labels };
  /** One to five. */
  readonly securityGroupIds: readonly string[];
}

export interface SecurityGroupPoliciesProps {
  /** By name. */
  readonly policies: Readonly<Record<string, SecurityGroupPolicy>>;
  /** The namespaces that are made here. */
  readonly dependsOn?: ITerraformDependable[];
}

/** SecurityGroupPolicy objects, whose kind every EKS cluster has: EKS runs their controller. */
export class SecurityGroupPolicies extends Construct {
  constructor(scope: Construct, id: string, { policies, dependsOn }: SecurityGroupPoliciesProps) {
    super(scope, id);
    const byName = Object.entries(policies).sort(([a], [b]) => (a < b ? -1 : 1));
    new ManifestRelease(this, "security-group-policies", {
      namespace: "kube-system",
      manifests: Object.fromEntries(byName.map(([name, policy]) => [name, manifest(name, policy)])),
      ...(dependsOn && { dependsOn }),
    });
  }
}

function manifest(name: string, { namespace, select, securityGroupIds }: SecurityGroupPolicy): Manifest {
  const selector =
    "podLabels" in select
      ? { podSelector: { matchLabels: select.podLabels } }
      : { serviceAccountSelector: { matchLabels: select.serviceAccountLabels } };
  return {
    apiVersion: "vpcresources.k8s.aws/v1beta1",
    kind: "SecurityGroupPolicy",
    metadata: { name, namespace },
    spec: { ...selector, securityGroups: { groupIds: securityGroupIds } },
  };
}
