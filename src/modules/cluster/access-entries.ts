import type { EksAccessEntry } from "../registry/eks";

/** EKS access policies that have an everyday meaning (EKS User Guide, "Review access policy permissions"). */
const POLICIES = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
} as const;

export interface AccessGrant {
  readonly principalArn: string;
  readonly policy: keyof typeof POLICIES;
  /** Only these namespaces; without it the whole cluster. */
  readonly namespaces?: readonly string[];
}

/** Access entries of the EKS module. */
export function accessEntries(
  partition: string,
  grants: Readonly<Record<string, AccessGrant>>,
): Record<string, EksAccessEntry> {
  return Object.fromEntries(
    Object.entries(grants).map(([name, { principalArn, policy, namespaces }]) => [
      name,
      {
        principal_arn: principalArn,
        policy_associations: {
          [policy]: {
            policy_arn: `arn:${partition}:eks::aws:cluster-access-policy/${POLICIES[policy]}`,
            access_scope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces },
          },
        },
      },
    ]),
  );
}
