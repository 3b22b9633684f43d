import type { EksAccessEntry } from "../registry/eks";

/** EKS access policies that have an everyday meaning (EKS User Guide, "Review access policy permissions"). */
const POLICIES = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  "admin-view": "AmazonEKSAdminViewPolicy",
  "secret-reader": "AmazonEKSSecretReaderPolicy",
} as const;

export interface AccessGrant {
  readonly principalArn: string;
  /** `ec2-linux`: nodes that others make; EKS gives them their rights. @default "standard" */
  readonly type?: "standard" | "ec2-linux";
  readonly policy?: keyof typeof POLICIES;
  /** Groups of Kubernetes that the principal is in, for bindings that others bring. */
  readonly kubernetesGroups?: readonly string[];
  /** The policy holds in these namespaces only; without it in the whole cluster. */
  readonly namespaces?: readonly string[];
}

/** Access entries of the EKS module. */
export function accessEntries(
  partition: string,
  grants: Readonly<Record<string, AccessGrant>>,
): Record<string, EksAccessEntry> {
  return Object.fromEntries(
    Object.entries(grants).map(([name, { principalArn, type, policy, kubernetesGroups, namespaces }]) => [
      name,
      {
        principal_arn: principalArn,
        ...(type === "ec2-linux" && { type: "EC2_LINUX" }),
        ...(kubernetesGroups && { kubernetes_groups: [...kubernetesGroups] }),
        ...(policy !== undefined && {
          policy_associations: {
            [policy]: {
              policy_arn: `arn:${partition}:eks::aws:cluster-access-policy/${POLICIES[policy]}`,
              access_scope:
                namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces },
            },
          },
        }),
      },
    ]),
  );
}
