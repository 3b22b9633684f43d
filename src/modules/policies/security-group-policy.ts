import type { Manifest } from "../manifest-release";

/** Which pods of a namespace get which security groups. */
export interface SecurityGroupPolicyProps {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods, or of their service accounts. */
  readonly select: { readonly podLabels: Labels } | { readonly serviceAccountLabels: Labels };
  /** One to five. */
  readonly securityGroupIds: readonly string[];
}

export type Labels = Readonly<Record<string, string>>;

/** SecurityGroupPolicy of the VPC resource controller, which EKS runs and whose kinds every cluster has. */
export function securityGroupPolicy({
  name,
  namespace,
  select,
  securityGroupIds,
}: SecurityGroupPolicyProps): Manifest {
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
